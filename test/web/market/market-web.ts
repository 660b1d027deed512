import type { TestUser } from '../../support/platform.ts'
import { makeInstruments } from '../../lambdas/market/market-platform.ts'
import { startWebPlatform } from '../browser.ts'

/** The platform with the built pages, an administrator and a user. */
export const startMarketPages = async () => {
  const platform = await startWebPlatform()
  const [admin, user] = [await platform.newUser(), await platform.newUser()]
  // The first request of a user creates them in the database.
  await admin.request('GET', '/v1/identity/users/me')
  const postgres = platform.database.connect('postgres')
  await postgres`update identity.users set role = 'admin' where email = ${admin.email}`
  return { platform, admin, user }
}

const isTradingDay = (date: string): boolean => ![0, 6].includes(new Date(`${date}T00:00:00Z`).getUTCDay())

/** Weekdays, oldest first, that end with a day. */
export const tradingDaysUntil = (last: string, count: number): string[] => {
  const days: string[] = []
  for (let time = Date.parse(`${last}T00:00:00Z`); days.length < count; time -= 86_400_000) {
    const date = new Date(time).toISOString().slice(0, 10)
    if (isTradingDay(date)) days.push(date)
  }
  return days.toReversed()
}

export const todayText = (): string => new Date().toISOString().slice(0, 10)

/** Daily bars that rise by a quarter of a dollar a day from 100, with a wave. */
export const dailyBars = (days: readonly string[]) =>
  days.map((time, index) => {
    const close = 100 + index / 4 + 8 * Math.sin(index / 9)
    const open = close - Math.sin(index) / 2
    return {
      time,
      open: open.toFixed(2),
      high: (Math.max(open, close) + 1).toFixed(2),
      low: (Math.min(open, close) - 1).toFixed(2),
      close: close.toFixed(2),
      volume: String(1_000_000 + (index % 7) * 50_000),
    }
  })

/** Makes instruments on XNYS, and stores daily bars of the first ones. */
export const storeDailyBars = async (admin: TestUser, barsBySymbol: Readonly<Record<string, readonly object[]>>): Promise<void> => {
  await makeInstruments(admin, ...Object.keys(barsBySymbol))
  for (const [symbol, bars] of Object.entries(barsBySymbol)) {
    if (bars.length > 0) await admin.request('POST', `/v1/market/bars?symbol=${symbol}&timeframe=1d`, { body: { bars } })
  }
}
