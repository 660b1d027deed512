import { generate } from 'lean-qr'
import { toSvgPath } from 'lean-qr/extras/svg'

/** Light squares around the code, without which cameras do not find it. */
const margin = 4

/** A QR code: always dark on light, as cameras need it. */
export const QrCode = ({ label, text }: { readonly label: string; readonly text: string }) => {
  const code = generate(text)
  const side = code.size + 2 * margin
  return (
    <svg
      width="220"
      height="220"
      viewBox={`${-margin} ${-margin} ${side} ${side}`}
      role="img"
      aria-label={label}
      shapeRendering="crispEdges"
    >
      <rect x={-margin} y={-margin} width={side} height={side} fill="#fff" />
      <path d={toSvgPath(code)} fill="#000" />
    </svg>
  )
}
