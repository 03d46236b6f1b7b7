import { encode } from 'uqr';

/** Light modules around the code, without which cameras do not find it. */
const QUIET = 4;

/** The code banking apps read. Always dark on white, whatever the colours of the page. */
export function TransferCode({ text, label }: { readonly text: string; readonly label: string }) {
  // The guideline of the code asks for this level of error correction.
  const { data, size } = encode(text, { ecc: 'M', boostEcc: false, border: QUIET });
  return (
    <figure class="transfer-code">
      <svg viewBox={`0 0 ${size} ${size}`} width="200" height="200" role="img" aria-label={label} shape-rendering="crispEdges">
        <rect width={size} height={size} fill="#fff" />
        <path d={data.map(rowPath).join('')} fill="#000" />
      </svg>
      <figcaption class="small">{label}</figcaption>
    </figure>
  );
}

/** Neighbouring dark modules of a row are one rectangle. */
function rowPath(row: readonly boolean[], y: number): string {
  let path = '';
  for (let x = 0; x < row.length; x++) {
    if (!row[x]) continue;
    const from = x;
    while (row[x + 1]) x += 1;
    path += `M${from} ${y}h${x - from + 1}v1H${from}z`;
  }
  return path;
}
