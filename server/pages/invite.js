// A device's invitation begins with "d-" and needs no extension: its page is the one that waits for calls.
if (location.hash.startsWith('#d-')) location.replace(`/ready${location.hash}`);

const languages = navigator.languages.map((language) => language.split('-')[0]);
const sections = [...document.querySelectorAll('section')];
const chosen = languages.map((language) => sections.find(({ lang }) => lang === language)).find(Boolean) ?? sections[0];
for (const section of sections) section.hidden = section !== chosen;
document.documentElement.lang = chosen.lang;
document.documentElement.dir = chosen.dir || 'ltr';

const button = chosen.querySelector('button');
if (location.hash.length < 2) {
  chosen.querySelector('[data-missing]').hidden = false;
  button.disabled = true;
}
button.addEventListener('click', async () => {
  const news = document.querySelector('[role=status]');
  try {
    await navigator.clipboard.writeText(location.href);
    news.textContent = button.dataset.copied;
  } catch {
    // No clipboard (http, or refused): the link itself can still be selected and copied.
    news.textContent = location.href;
  }
});
