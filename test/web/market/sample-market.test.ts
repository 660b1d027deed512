import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { apiClient } from '../../../web/client/client.ts'
import { addSampleMarket } from '../../../local/sample-market.ts'
import type { TestUser } from '../../support/platform.ts'
import { expectGoodPage, settled, signInThroughPage, startBrowser, visit } from '../browser.ts'
import { startMarketPages } from './market-web.ts'

let browser: Browser
let platform: Awaited<ReturnType<typeof startMarketPages>>['platform']
let user: TestUser

beforeAll(async () => {
  const [opened, started] = await Promise.all([startBrowser(), startMarketPages()])
  browser = opened
  ;({ platform, user } = started)
  const clientOf = ({ token }: TestUser) => apiClient({ url: platform.services.url, accessToken: () => token })
  await addSampleMarket(clientOf(user), async () => clientOf(started.admin), new Date())
})
afterAll(async () => {
  await browser.close()
  await platform.close()
})

test('who looks round with made-up market data finds something on every page of it', async () => {
  const opened = await visit(browser)
  const { page } = opened
  const go = async (path: string) => {
    await page.goto(`${platform.address}${path}`)
    await settled(page)
  }
  await signInThroughPage(page, platform.address, user, '/market')
  await settled(page)
  await page.getByRole('row').filter({ hasText: 'Made-up company with prices that ended' }).getByText('Old prices').waitFor()
  expect(await page.getByRole('row').filter({ hasText: 'Made-up' }).count()).toBe(6)
  await expectGoodPage(opened, 'market-sample')

  await go('/market/DEMO.GAP')
  await page.getByText(/^Gap/).first().waitFor()
  await expectGoodPage(opened, 'market-sample-gap')
  await go('/market/DEMO.SPLIT')
  await page
    .getByText(/4.*(for|:).*1/)
    .first()
    .waitFor()
  await expectGoodPage(opened, 'market-sample-split')
  await go('/market/benchmarks')
  await page.getByRole('region', { name: 'Composition of Made-up 60/40' }).waitFor()
  await go('/market/fx')
  await page.getByText('Made up for demonstration').first().waitFor()
  await opened.close()
})
