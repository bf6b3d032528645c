export { default as Checks } from './Checks.astro';
export { default as Edit } from './Edit.astro';
export { default as Hints } from './Hints.astro';
export { default as Output } from './Output.astro';
export { default as Picture } from './Picture.astro';
export { default as Predict } from './Predict.astro';
export { default as Step } from './Step.astro';
export { default as Why } from './Why.astro';
