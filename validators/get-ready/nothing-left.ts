import { nothingLeftAfter } from '../nothing-left.ts';

export const nothingLeft = nothingLeftAfter('clean-up');
