/** Problems of a plan on its way, in English. */
import type { Refusal, Stale, Unasked, Wording } from '../problem.ts';
import type { OrderingProblem } from '../problem/ordering.ts';

function refusalWords(why: Refusal): string {
  switch (why.is) {
    case 'not-json':
      return 'it is not JSON';
    case 'field':
      return `${why.field || 'the plan'}: ${why.said || 'not understood'}`;
    case 'other-layers':
      return 'its steps are not for the firewalls that it names';
    case 'other-way-back':
      return 'its way back is not for the firewalls that it names';
    case 'summary':
      return 'its summary does not say what it does';
    case 'confirmation':
      return 'it is to be confirmed otherwise than was chosen';
    case 'id':
      return 'its id does not belong to what it says';
    case 'other-way':
      return 'it goes another way than was chosen';
    case 'opens-only':
      return 'it would only open';
    case 'turns-on':
      return 'it would turn ufw on unasked';
    case 'on-before-end':
      return 'ufw is turned on before the end';
    case 'puts-back':
      return 'putting files back is no step of a change';
    case 'step-unchosen':
      return `step ${why.step} is for something that was not chosen`;
    case 'step-other-rule':
      return `step ${why.step} takes away a rule that is not of the chosen port`;
    case 'step-takes-back':
      return `step ${why.step} only takes a change back`;
    case 'step-stops':
      return `step ${why.step} stops what was not chosen`;
    case 'step-starts':
      return `step ${why.step} starts what was not chosen`;
    case 'step-ends-connections':
      return `step ${why.step} ends connections that were not chosen`;
    case 'stops-unchosen':
      return 'it would stop something that was not chosen';
    case 'connections-unread':
      return 'it would end connections, and which are open cannot be read';
    case 'ends-unchosen':
      return 'it would end connections that were not chosen';
  }
}

function unaskedWords(what: Unasked): string {
  switch (what.is) {
    case 'unknown-caller':
      return 'it is not known who asks';
    case 'file-unreadable':
      return 'the plan’s file cannot be read';
    case 'file-not-own':
      return 'the plan’s file is not the caller’s own';
    case 'file-other':
      return 'the plan’s file is another than was agreed to';
    case 'question-silent':
      return 'the question did not say what will be done';
    case 'question-other':
      return 'the question said something else than the plan does';
    case 'unconfirmable':
      return 'there is no way here to confirm the change';
    case 'too-many-words':
      return 'too many words';
    case 'not-an-id':
      return 'not the id of a change';
    case 'not-seconds':
      return 'not a number of seconds';
    case 'asked-about-another':
      return 'you were asked about another';
    case 'words':
      return `“${what.words}”`;
  }
}

function staleWords(what: Stale): string {
  switch (what.is) {
    case 'rules':
      return 'The firewall’s rules have changed';
    case 'reach':
      return `What ${what.listener} can be reached by has changed`;
    case 'lets-in':
      return `This would let others in to ${what.listener} (${what.name}), which was not so`;
  }
}

export const orderingWords: Wording<OrderingProblem> = {
  'plan-refused': ({ why }) => [
    `The plan was refused: ${refusalWords(why)}.`,
    'Scan again and make a new plan. If that is refused as well, the helper is of another version: install Portcullis again.',
  ],
  'helper-misasked': ({ what }) => [
    `The helper was asked for something that it does not do: ${unaskedWords(what)}.`,
    'Update Portcullis.',
  ],
  'not-root': () => ['The helper must run as root.', 'Start it through Portcullis.'],
  'plan-late': () => ['The helper was handed no whole plan within 30 seconds.', 'Try again.'],
  'plan-too-large': () => ['The helper was handed a plan that is too large.', 'Make a smaller change.'],
  'undo-summary': () => ['The plan was refused: its summary does not say what it does.', 'Make a new plan.'],
  'undo-steps': ({ change }) => [
    'The plan was refused: its steps are not those that take this change back now. Nothing was changed.',
    `Look at what would change again. Where changes were made by another user, look as root: sudo portcullis undo ${change}`,
  ],
  'plan-stale': ({ what }) => [
    `${staleWords(what)} since this plan was made, so nothing was changed.`,
    'Look at what would change again.',
  ],
  'plan-unknown': () => [
    'This plan was not made here, or was carried out already.',
    'Look at what would change again.',
  ],
};
