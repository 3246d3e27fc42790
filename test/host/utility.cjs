/** Runs first in a utility process: what tells it apart from Node, and its end with the application's. */
'use strict';
const { EventEmitter } = require('node:events');

Object.defineProperty(process, 'type', { value: 'utility' });
Object.defineProperty(process, 'parentPort', { value: new EventEmitter(), enumerable: true });
process.on('disconnect', () => process.exit());
