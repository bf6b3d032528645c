import { createHash } from 'node:crypto';
import type { Owner } from '@aws-sdk/client-s3';

/** The account as S3 names it: its canonical user id. S3 has not answered display names since 2025. */
export const ownerOf = ({ id }: { id: string }): Owner => ({
	ID: createHash('sha256').update(`canonical user of ${id}`).digest('hex'),
});
