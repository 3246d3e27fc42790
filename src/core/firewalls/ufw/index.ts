/**
 * ufw: reading its files, saying what it would do, and writing its commands.
 *
 *   tuple        one rule as ufw stores it          read        files -> UfwState
 *   rule-lines   the iptables lines of one rule     user-rules  the whole file as ufw writes it
 *   edit         an operation on the list of rules  commands    an operation as argument lists
 *   number       ufw's own numbers for places
 *   tables, save-form, start                        the kernel's rules after ufw loaded its files
 *   written      its rules as a list with what each does
 *   predict      snapshot + operations -> snapshot  script      a shell script that does the same elsewhere, of
 *                                                   script-state, script-ports, script-block
 */
export { COMMENT_HEX, commandsOf, isSource, ruleText, type UfwOperation } from './commands.ts';
export { editTuples, prepended } from './edit.ts';
export { numberOfIndex } from './number.ts';
export { notLoaded } from './loaded.ts';
export { isLoaded, predictUfw } from './predict.ts';
export { placeTuples } from './kernel-rules.ts';
export { whyNoKernel } from './kernel-text.ts';
export { fileId, readUfw, type UfwState } from './read.ts';
export { ANYWHERE, parseTuple, sameRule, withLine } from './tuple.ts';
export { writtenTuples } from './written.ts';
