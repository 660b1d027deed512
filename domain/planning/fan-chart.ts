import { fanGeometry } from '../charts/index.ts'

export interface FanChart {
  readonly title: string
  /** Fractions, ascending. For the shape of a fan they must be symmetric about the median. */
  readonly percentiles: readonly number[]
  /** Values at [percentile][year]. */
  readonly bands: readonly (readonly number[])[]
  /** Calendar year of plan year 0. */
  readonly firstYear: number
  readonly unit: string
}

const frame = { width: 860, height: 460, left: 84, right: 96, top: 52, bottom: 44 }

const short = (value: number): string => {
  const magnitude = Math.abs(value)
  if (magnitude >= 1e6) return `${Math.round(value / 1e4) / 100}M`
  return magnitude >= 1e3 ? `${Math.round(value / 1e3)}k` : String(Math.round(value))
}

/** Every character that a document of XML 1.0 cannot have, not even escaped (section 2.2 of the standard). */
const forbiddenInXml = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu

const escape = (text: string) =>
  text.replace(forbiddenInXml, '').replace(/[&<>"]/g, sign => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign] ?? sign)
const ordinal = (fraction: number) => `${Math.round(fraction * 1000) / 10} %`

/**
 * A fan chart as a standalone SVG document: nested bands between pairs of percentiles, and the median as a line. The same figures
 * give the same bytes. Coordinates are rounded to a tenth of a pixel.
 */
export const fanChart = ({ bands, firstYear, percentiles, title, unit }: FanChart): string => {
  const { ends, median, ribbons, values, years } = fanGeometry({ bands, firstYear, percentiles, frame })
  const { bottom, height, left, right, width } = frame
  const shapes = ribbons.map(({ high, low, path }, index) => {
    const label = `${ordinal(low)} to ${ordinal(high)}`
    return `<path class="band" d="${path}" opacity="${(0.22 + index * 0.16).toFixed(2)}"><title>${label}</title></path>`
  })
  const horizontal = values.map(
    ({ at, value }) =>
      `<line class="grid" x1="${left}" x2="${width - right}" y1="${at}" y2="${at}"/>` +
      `<text x="${left - 8}" y="${at + 4}" text-anchor="end">${short(value)}</text>`,
  )
  const vertical = years.map(({ at, value }) => `<text x="${at}" y="${height - bottom + 20}" text-anchor="middle">${value}</text>`)
  const legend = ends.map(
    ({ at, index, value }) =>
      `<text class="label" x="${width - right + 8}" y="${at + 4}">${ordinal(percentiles[index]!)}  ${short(value)}</text>`,
  )
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escape(title)}">
<style>text{font:12px system-ui,sans-serif;fill:#44505c}.title{font-size:16px;fill:#1b2430}.label{font-size:11px}.grid{stroke:#e2e7ec}.band{fill:#2b6cb0}.median{fill:none;stroke:#143a63;stroke-width:2}</style>
<rect width="100%" height="100%" fill="#fff"/>
<text class="title" x="${left}" y="28">${escape(title)}</text><text x="${left}" y="45">${escape(unit)}</text>
${horizontal.join('')}${vertical.join('')}
${shapes.join('\n')}
<path class="median" d="${median}"/>
${legend.join('')}
</svg>
`
}

/** The bands of a run as CSV: one row per plan year, one column per percentile, nominal first, then real. */
export const bandsCsv = (
  firstYear: number,
  percentiles: readonly number[],
  nominal: readonly (readonly number[])[],
  real: readonly (readonly number[])[],
): string => {
  const columns = [...percentiles.map(fraction => `nominal_p${fraction * 100}`), ...percentiles.map(fraction => `real_p${fraction * 100}`)]
  const rows = (nominal[0] ?? []).map((_, year) =>
    [year, firstYear + year, ...nominal.map(band => band[year]!.toFixed(2)), ...real.map(band => band[year]!.toFixed(2))].join(','),
  )
  return `${['plan_year', 'calendar_year', ...columns].join(',')}\n${rows.join('\n')}\n`
}
