import * as client from '@aws-sdk/client-sqs';
import { serviceModel } from '../../wire/model.ts';

const { errors } = serviceModel(client as unknown as Record<string, unknown>);

/** What an error is called in the answer to a batch: the older protocol's code. */
export const errorCode = (name: string) => errors.get(name)?.code ?? name;
