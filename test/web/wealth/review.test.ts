import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addDays, addMonths } from '../../../domain/shared/index.ts'
import { addWealth } from '../../lambdas/wealth/wealth-platform.ts'
import { expectGoodPage, settled, signInThroughPage, startBrowser, startWebPlatform, visit } from '../browser.ts'

let browser: Browser
let wealth: Awaited<ReturnType<typeof addWealth<Awaited<ReturnType<typeof startWebPlatform>>>>>

beforeAll(async () => {
  const [opened, platform] = await Promise.all([startBrowser(), startWebPlatform({ doesLedgerWork: true })])
  browser = opened
  wealth = await addWealth(platform)
})
afterAll(async () => {
  await browser.close()
  await wealth.platform.close()
})

test('transfers and recurring payments are found, confirmed and dismissed, with undo', async () => {
  const { account, labels, platform, request, user } = wealth
  const enter = async (accountId: string, date: string, amount: string, description: string): Promise<string> =>
    (await request('POST', '/v1/wealth/transactions', { accountId, date, amount, description })).id
  const [checking, savings] = [await account('Everyday', { mask: '1111' }), await account('Rainy Day', { type: 'savings', mask: '2222' })]
  const opened = await visit(browser)
  const { page } = opened
  await signInThroughPage(page, platform.address, user, '/transactions/review')
  await page.getByRole('heading', { name: 'No transfer waits for you' }).waitFor()
  const out = await enter(checking, '2026-01-05', '-500.00', 'Transfer to 2222')
  await enter(savings, '2026-01-06', '500.00', 'Transfer from 1111')
  const first = addMonths(addDays(new Date().toISOString().slice(0, 10), -10), -5)
  for (let month = 0; month < 6; month += 1) {
    await enter(checking, addMonths(first, month), month < 3 ? '-15.49' : '-17.99', `NETFLIX.COM ${month}`)
    await enter(checking, addMonths(first, month), '-1200.00', `RENT ${month}`)
  }
  // The requests of the entries have asked for the work that finds them. The page only reads.
  const sent: string[] = []
  page.on('request', each => void (each.method() !== 'GET' && each.url().includes('detections') && sent.push(each.url())))
  await expect
    .poll(
      async () => {
        await page.reload()
        await settled(page)
        return page.getByRole('button', { name: /^Dismiss (RENT|NETFLIX)/ }).count()
      },
      { timeout: 30_000 },
    )
    .toBe(2)
  expect(sent).toEqual([])
  await page.getByRole('button', { name: 'Confirm the transfer from Everyday to Rainy Day' }).waitFor()
  await page.getByRole('button', { name: 'Look again' }).click()
  await page.getByText('Found: 1 transfer, 2 payments that repeat').waitFor()
  await page.getByRole('region', { name: 'Payments and incomes that repeat' }).getByText('New price').waitFor()
  await expectGoodPage(opened, 'wealth-review')
  await page.getByRole('button', { name: 'Confirm the transfer from Everyday to Rainy Day' }).click()
  await page.getByText('The transfer was confirmed').waitFor()
  expect(await labels(out)).toMatchObject({ category: 'transfer' })
  await page.getByRole('button', { name: 'Undo', exact: true }).last().click()
  await page.getByRole('button', { name: 'Confirm the transfer from Everyday to Rainy Day' }).waitFor()
  expect(await labels(out)).toMatchObject({ category: 'other' })
  await page.getByRole('button', { name: /^Confirm RENT/ }).click()
  await page.getByText('Confirmed', { exact: true }).waitFor()
  await page.getByRole('button', { name: /^Dismiss NETFLIX/ }).click()
  await page.getByRole('button', { name: /^Dismiss NETFLIX/ }).waitFor({ state: 'detached' })
  await opened.close()
})
