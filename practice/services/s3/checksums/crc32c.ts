const table = new Int32Array(256).map((_, byte) => {
	let value = byte;
	for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0x82f63b78 : value >>> 1;
	return value;
});

/** CRC-32C (Castagnoli), going on from `before`. */
export function crc32c(bytes: Uint8Array, before = 0): number {
	let value = ~before;
	for (let index = 0; index < bytes.length; index++) value = (value >>> 8) ^ table[(value ^ bytes[index]!) & 255]!;
	return ~value >>> 0;
}
