// Browsers are found or installed by scripts/tools/browsers.ts; puppeteer itself never downloads one at install.
module.exports = { skipDownload: true };
