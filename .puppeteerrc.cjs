// Browsers are found or installed by scripts/browsers.mjs; puppeteer itself never downloads one at install.
module.exports = { skipDownload: true };
