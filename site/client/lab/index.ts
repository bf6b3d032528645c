import { page } from './store.ts';
import './checks.ts';
import './clock.ts';
import './dock.ts';
import './edit.ts';
import './holdings.ts';
import './predict.ts';
import './prepare.ts';
import './run.ts';
import './steps.ts';

document.body.toggleAttribute('data-recorded', page.recorded);
