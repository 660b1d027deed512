import { startTestPlatform, type TestPlatform, type TestUser } from '../../support/platform.ts'

export interface MarketPlatform {
  readonly platform: TestPlatform
  readonly admin: TestUser
  readonly user: TestUser
}

/** A platform with an administrator and a user. */
export const startMarketPlatform = async (): Promise<MarketPlatform> => {
  const platform = await startTestPlatform()
  const [admin, user] = [await platform.newUser(), await platform.newUser()]
  // The first request of a user creates them in the database.
  await admin.request('GET', '/v1/identity/users/me')
  const postgres = platform.database.connect('postgres')
  await postgres`update identity.users set role = 'admin' where email = ${admin.email}`
  return { platform, admin, user }
}

export const newYork = { name: 'New York Stock Exchange', timezone: 'America/New_York', opensAt: '09:30', closesAt: '16:00' }

/** Makes the exchange XNYS and instruments on it. */
export const makeInstruments = async (admin: TestUser, ...symbols: readonly string[]): Promise<void> => {
  await admin.request('PUT', '/v1/market/exchanges/XNYS', { body: newYork })
  for (const symbol of symbols) {
    const body = { name: `The ${symbol}`, type: 'stock', exchangeCode: 'XNYS', currency: 'USD' }
    await admin.request('PUT', `/v1/market/instruments/${encodeURIComponent(symbol)}`, { body })
  }
}
