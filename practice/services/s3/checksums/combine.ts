import type { Algorithm } from './checksum.ts';

const polynomials: Partial<Record<Algorithm, { polynomial: bigint; width: number }>> = {
	CRC32: { polynomial: 0xedb88320n, width: 32 },
	CRC32C: { polynomial: 0x82f63b78n, width: 32 },
	CRC64NVME: { polynomial: 0x9a6c9329ac4bc9b5n, width: 64 },
};

/** Whether a checksum of the whole follows from those of its parts. */
export const combinable = (algorithm: Algorithm) => polynomials[algorithm] !== undefined;

/**
 * The CRC of two runs of bytes, one behind the other, from the CRC of each: the first is shifted by as many zero bits
 * as the second has, by squaring the matrix that shifts by one.
 */
export function combine(algorithm: Algorithm, first: bigint, second: bigint, secondLength: number): bigint {
	const { polynomial, width } = polynomials[algorithm]!;
	let power: bigint[] = [polynomial, ...Array.from({ length: width - 1 }, (_, bit) => 1n << BigInt(bit))];
	let value = first;
	for (let bits = BigInt(secondLength) * 8n; bits > 0n; bits >>= 1n) {
		if (bits & 1n) value = times(power, value);
		power = power.map((column) => times(power, column));
	}
	return value ^ second;
}

function times(matrix: bigint[], vector: bigint): bigint {
	let sum = 0n;
	for (let bit = 0; vector > 0n; bit++, vector >>= 1n) if (vector & 1n) sum ^= matrix[bit]!;
	return sum;
}

/** The same for base64 values of any number of parts. */
export function combineAll(algorithm: Algorithm, parts: { value: string; size: number }[]): string {
	const { width } = polynomials[algorithm]!;
	const number = (value: string) => BigInt(`0x${Buffer.from(value, 'base64').toString('hex')}`);
	const [head, ...rest] = parts;
	const whole = rest.reduce(
		(sum, { value, size }) => combine(algorithm, sum, number(value), size),
		number(head!.value),
	);
	return Buffer.from(whole.toString(16).padStart(width / 4, '0'), 'hex').toString('base64');
}
