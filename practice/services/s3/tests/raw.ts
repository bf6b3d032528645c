import { createHash } from 'node:crypto';
import { connect, type Socket } from 'node:net';

/** Speaks HTTP by hand, for what no client would send. Answers all that came back until the server closes or `until` holds. */
export function converse(endpoint: string, write: (socket: Socket) => void): Promise<string> {
	const { hostname, port } = new URL(endpoint);
	return new Promise((resolve, reject) => {
		const socket = connect(Number(port), hostname, () => write(socket));
		let answer = '';
		socket.setEncoding('latin1');
		socket.on('data', (text) => {
			answer += text;
		});
		socket.on('close', () => resolve(answer));
		socket.on('error', reject);
	});
}

export const md5 = (text: string | Uint8Array) => createHash('md5').update(text).digest('hex');
