/** The promised JSON: the same in a scan and in a report. */
export { answerJson, forwardJson, json, listenerJson, reachJson, scanJson } from '../../../core/reports/json.ts';
