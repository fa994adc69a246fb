/** A page of everything that an expert may press, may not press, or may only propose. */
export const plainPage = (otherOrigin: string): string => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Plain</title>
<style>
  body { font: 16px sans-serif; margin: 8px }
  #far { margin-top: 1500px } #list { height: 60px; overflow: auto } #list p { height: 40px }
  .cover { position: relative } #lid { position: absolute; inset: 0 } #menu ul { display: none } #menu.open ul { display: block }
  fieldset { border: 0; padding: 0; margin: 0 }
</style></head><body>
<p id="log"></p>
<button id="go">Go on</button> <button id="pay">Pay 20 €</button> <button id="remove">Delete account</button>
<button id="off" disabled>Off</button> <span data-cobrowse="no-control"><button id="barred">Barred</button></span>
<button id="masked" class="rr-mask">Masked</button>
<input id="password" type="password" value="hunter2"> <input id="file" type="file"> <label id="file-label" for="file">Choose</label>
<input id="card" autocomplete="cc-number"> <input id="free" value="one"> <input id="fixed" value="x" readonly>
<a id="here" href="#far">Here</a> <a id="same" href="/other">Same</a> <a id="save" href="/file" download>Save</a>
<a id="zip" href="/archive.zip">Archive</a> <a id="away" href="${otherOrigin}/other">Away</a>
<a id="blank" href="/other" target="_blank">New window</a> <a id="mail" href="mailto:a@a.example">Mail</a>
<div class="cover"><button id="covered">Covered</button><div id="lid"></div></div>
<div id="menu"><button id="opener">Menu</button><ul><li id="item">Item</li></ul></div>
<div id="editable" contenteditable="true">Text</div>
<div id="list"><p>1</p><p>2</p><p>3</p><p id="four">4</p></div>
<form id="form"><input id="query"><button id="submit">Search</button></form>
<form id="order"><input id="amount"><button id="order-now">Place order</button></form>
<div id="host"></div><iframe id="frame" srcdoc="<button id=inner>Inner</button><input id=field><p id=said></p>
<script>document.getElementById('inner').onclick = () => { document.getElementById('said').textContent = 'pressed' }</script>"></iframe>
<dialog id="dialog"><button id="confirm">Confirm</button></dialog>
<button id="far">Far</button>
<script>
  const log = document.getElementById('log');
  const say = (text) => { log.textContent += text + ' ' };
  for (const id of ['go', 'pay', 'remove', 'off', 'barred', 'masked', 'covered', 'far', 'confirm', 'order-now']) {
    document.getElementById(id).addEventListener('click', (event) => { say(id); });
  }
  document.getElementById('go').addEventListener('dblclick', () => say('twice'));
  document.getElementById('menu').addEventListener('mouseenter', (event) => event.currentTarget.classList.add('open'));
  document.getElementById('item').addEventListener('click', () => say('item'));
  for (const id of ['form', 'order']) document.getElementById(id).addEventListener('submit', (event) => { event.preventDefault(); say('submit:' + id) });
  const root = document.getElementById('host').attachShadow({ mode: 'open' });
  root.innerHTML = '<button id="shadow">Shadow</button><input id="shadow-field">';
  root.getElementById('shadow').addEventListener('click', () => say('shadow'));
</script></body></html>`;
