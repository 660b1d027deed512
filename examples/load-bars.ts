// Stores daily bars of an instrument, and reads them back by day and by week. Needs an administrator.
import { request, signIn } from './client.ts'

interface Bar {
  readonly time: string
  readonly open: string
  readonly close: string
}

const csv = `time,open,high,low,close,volume
2026-01-05,100.00,101.50,99.20,101.00,120000
2026-01-06,101.00,102.25,100.75,102.00,98000
2026-01-07,102.00,102.10,100.10,100.50,143000
2026-01-08,100.50,101.00,99.90,100.90,87000
2026-01-09,100.90,103.40,100.80,103.25,156000
2026-01-12,103.25,104.00,102.60,103.80,101000
2026-01-13,103.80,105.15,103.70,105.00,134000
`

await signIn()

await request('PUT', '/v1/market/exchanges/XEXA', {
  name: 'Example Exchange',
  timezone: 'America/New_York',
  opensAt: '09:30',
  closesAt: '16:00',
})
await request('PUT', '/v1/market/instruments/EXMPL', {
  name: 'Example Company',
  type: 'stock',
  exchangeCode: 'XEXA',
  currency: 'USD',
})

const { received, stored } = await request<{ received: number; stored: number }>('POST', '/v1/market/bars?symbol=EXMPL&timeframe=1d', csv)
console.log(`Stored ${stored} of ${received} bars.`)

const read = async (query: string) => (await request<{ items: readonly Bar[] }>('GET', `/v1/market/bars?symbols=EXMPL&${query}`)).items
for (const bar of await read('timeframe=1d&from=2026-01-01')) console.log(`Day of ${bar.time}: ${bar.open} to ${bar.close}`)
for (const bar of await read('timeframe=1d&from=2026-01-01&resample=1w')) console.log(`Week of ${bar.time}: ${bar.open} to ${bar.close}`)
