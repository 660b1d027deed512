import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { logger } from '../../lambdas/runtime/observability.ts'
import { startBarDrop } from '../../local/bar-drop.ts'
import { makeInstruments, startMarketPlatform } from '../lambdas/market/market-platform.ts'
import type { TestPlatform, TestUser } from '../support/platform.ts'

let platform: TestPlatform
let user: TestUser
const folder = mkdtempSync(join(tmpdir(), 'nestegg-watched-'))
beforeAll(async () => {
  const market = await startMarketPlatform()
  ;({ platform, user } = market)
  await makeInstruments(market.admin, 'ONE')
  process.env['BAR_DROP_FOLDER'] = folder
})
afterAll(async () => {
  delete process.env['BAR_DROP_FOLDER']
  rmSync(folder, { recursive: true })
  await platform.close()
})

const drop = (name: string, time: string) =>
  writeFileSync(join(folder, 'bars', name), `symbol,timeframe,time,open,high,low,close,volume\nONE,1d,${time},7,7,7,7,1\n`)
const days = async (): Promise<string[]> =>
  (await user.request('GET', '/v1/market/bars?symbols=ONE&timeframe=1d&limit=100')).body.items.map((bar: { time: string }) =>
    bar.time.slice(0, 10),
  )

test('a file that fails is tried three times with growing pauses, is reported once, and does not stop others', async () => {
  const logged = vi.spyOn(logger, 'error')
  const times = (message: string) => logged.mock.calls.filter(([text]) => text === message).length
  const attempts: number[] = []
  logged.mockImplementation((...[text]) => void (text === 'task failed' && attempts.push(performance.now())))
  // The report cannot be written where a folder is.
  const inTheWay = join(folder, 'reports/broken.csv.json')
  mkdirSync(inTheWay, { recursive: true })
  mkdirSync(join(folder, 'bars'))
  drop('broken.csv', '2026-03-02')
  const watched = startBarDrop(folder, 5)
  await expect.poll(() => attempts.length, { timeout: 10_000 }).toBe(1)
  drop('fine.csv', '2026-03-03')
  await expect.poll(days, { timeout: 10_000 }).toContain('2026-03-03')
  await expect.poll(() => times('the task of a file failed, and is not tried again'), { timeout: 10_000 }).toBe(1)
  await delay(1500)
  expect(attempts).toHaveLength(3)
  expect(attempts[1]! - attempts[0]!).toBeGreaterThanOrEqual(300)
  expect(attempts[2]! - attempts[1]!).toBeGreaterThanOrEqual(600)
  expect(times('the task of a file failed, and is not tried again')).toBe(1)

  rmSync(inTheWay, { recursive: true })
  drop('broken.csv', '2026-03-04')
  await expect.poll(days, { timeout: 10_000 }).toContain('2026-03-04')
  await watched.close()
  logged.mockRestore()
})
