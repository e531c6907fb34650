import { crc32, deflateSync } from 'node:zlib';

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}

/** One line of one bit a pixel, 1 for white, and before it the filter: none. */
function lineOf(modules: readonly boolean[], scale: number): Buffer {
  const line = Buffer.alloc(1 + Math.ceil((modules.length * scale) / 8));
  modules.forEach((isDark, column) => {
    if (isDark) return;
    for (let x = column * scale; x < (column + 1) * scale; x += 1) {
      line[1 + (x >> 3)] = (line[1 + (x >> 3)] ?? 0) | (0x80 >> (x & 7));
    }
  });
  return line;
}

/**
 * A square of modules as PNG (ISO/IEC 15948), each `scale` pixels wide, black where it is true. A
 * library that takes colours spends milliseconds on them; black and white is a bit a pixel.
 */
export function pngOf(rows: readonly (readonly boolean[])[], scale: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE((rows[0]?.length ?? 0) * scale, 0);
  header.writeUInt32BE(rows.length * scale, 4);
  // One bit of grey; how it is compressed, filtered and interlaced has one way each, all 0.
  header[8] = 1;
  const lines = rows.flatMap((modules) => new Array<Buffer>(scale).fill(lineOf(modules, scale)));
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.concat(lines))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}
