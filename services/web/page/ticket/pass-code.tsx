import { create } from 'qrcode';

/** Four modules of quiet around it, as ISO/IEC 18004 asks for: scanners find no edge without. */
const margin = 4;

/**
 * A pass as its QR code, drawn from the matrix: dark on white in the dark too, since a gate’s
 * camera reads it that way.
 */
export default function PassCode({ pass, label }: { pass: string; label: string }) {
  const { modules } = create([{ data: pass, mode: 'alphanumeric' }], { errorCorrectionLevel: 'M' });
  const { size } = modules;
  const path = Array.from({ length: size * size }, (_, at) =>
    modules.get(Math.floor(at / size), at % size)
      ? `M${(at % size) + margin} ${Math.floor(at / size) + margin}h1v1h-1z`
      : '',
  ).join('');
  const side = size + 2 * margin;
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${side} ${side}`}
      shapeRendering="crispEdges"
      className="mx-auto w-full max-w-72 rounded-lg"
    >
      <rect width={side} height={side} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}
