import { failedOrdersOutlive } from './failed-orders-outlive.ts';
import { nothingLeft } from './nothing-left.ts';
import { orderParked } from './order-parked.ts';
import { stackComplete } from './stack-complete.ts';

export const checks = [stackComplete, orderParked, failedOrdersOutlive, nothingLeft];
