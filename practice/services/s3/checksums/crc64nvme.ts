/** The polynomial x^64 + … of NVM Express, reflected: 9A6C9329 AC4BC9B5. In halves, because 64 bits are slow in BigInt. */
const high = new Int32Array(256);
const low = new Int32Array(256);
for (let byte = 0; byte < 256; byte++) {
	let hi = 0;
	let lo = byte;
	for (let bit = 0; bit < 8; bit++) {
		const odd = lo & 1;
		lo = (lo >>> 1) | (hi << 31);
		hi >>>= 1;
		if (odd) {
			hi ^= 0x9a6c9329;
			lo ^= 0xac4bc9b5;
		}
	}
	high[byte] = hi;
	low[byte] = lo;
}

/** CRC-64/NVME as two halves, going on from `before`. */
export function crc64nvme(bytes: Uint8Array, [hi, lo]: readonly [number, number] = [0, 0]): [number, number] {
	hi = ~hi;
	lo = ~lo;
	for (let index = 0; index < bytes.length; index++) {
		const entry = (lo ^ bytes[index]!) & 255;
		lo = ((lo >>> 8) | (hi << 24)) ^ low[entry]!;
		hi = (hi >>> 8) ^ high[entry]!;
	}
	return [~hi >>> 0, ~lo >>> 0];
}
