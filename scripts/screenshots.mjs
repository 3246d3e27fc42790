/** `npm run screenshots`: take the pictures of docs/screenshots. What follows is handed to Playwright. */
import { takePictures } from './pictures.mjs';

process.exitCode = (await takePictures('screenshots', { args: process.argv.slice(2) })) ? 0 : 1;
