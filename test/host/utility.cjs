/** Runs first in a utility process: what tells it apart from Node, what it is told, and its end with the application's. */
'use strict';
const { EventEmitter } = require('node:events');

Object.defineProperty(process, 'type', { value: 'utility' });
const parentPort = new EventEmitter();
Object.defineProperty(process, 'parentPort', { value: parentPort, enumerable: true });
process.on('message', (data) => parentPort.emit('message', { data }));
process.on('disconnect', () => process.exit());
