import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { root } from '../../lib/paths.ts';
import { slipway } from '../lib/slipway.ts';

slipway(new App(), join(root, 'dist'));
