import { expect, test } from 'vitest'
import { fanChart } from '../../../domain/planning/fan-chart.ts'

const titled = (title: string) => fanChart({ title, percentiles: [0.5], bands: [[1, 2]], firstYear: 2026, unit: 'USD' })

test('a title loses the characters that XML forbids, and keeps all others', () => {
  const forbidden = ['\0', '\x08', '\v', '\f', '\x1F', '\uFFFE', '\uFFFF', '\uD800', '\uDFFF']
  for (const character of forbidden) expect(titled(`Home${character}!`)).toBe(titled('Home!'))
  for (const text of ['Grüezi', 'a\tb', '\x85', '\uFFFD', '\u{1F3E0}', '\u{10FFFF}']) expect(titled(text)).toContain(`>${text}</text>`)
})

test('a title is escaped', () => {
  expect(titled('Fish & <chips> "today"')).toContain('>Fish &amp; &lt;chips&gt; &quot;today&quot;</text>')
})
