export { csvDownload, sendDownload, textDownload } from './download.js';
export type { CsvRow, Download } from './download.js';
