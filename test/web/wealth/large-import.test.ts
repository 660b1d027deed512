import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { lambdaContext } from '../../../local/api-event.ts'
import { handler } from '../../../lambdas/wealth/handlers/continue-ledger-work.ts'
import { storedInRequest } from '../../../lambdas/wealth/imports/store-import.ts'
import { workKey } from '../../../lambdas/wealth/ledger-work.ts'
import { importer } from '../../lambdas/wealth/import-files.ts'
import { expectGoodPage, settled, signInThroughPage, startBrowser, startWebPlatform, visit } from '../browser.ts'

let browser: Browser
let platform: Awaited<ReturnType<typeof startWebPlatform>>
let home: Awaited<ReturnType<typeof importer>>

beforeAll(async () => {
  ;[browser, platform] = await Promise.all([startBrowser(), startWebPlatform()])
  home = await importer(platform)
})
afterAll(async () => {
  await browser.close()
  await platform.close()
})

const rowCount = storedInRequest + 1
const largeFile = `Date,Description,Amount\n${Array.from({ length: rowCount }, (_, index) => `2026-03-02,Shop ${index},-1.00`).join('\n')}\n`

/** Does the work that the commit or the undo has asked for. */
const work = async (kind: 'store-import' | 'undo-import', importId: string) => {
  const key = workKey({ kind, householdId: home.householdId, importId })
  await handler({ detail: { object: { key } } }, lambdaContext('wealth-continue-ledger-work', 'one', 900))
}

test('a large file is stored while the person goes on, and the page shows how it ends', async () => {
  const [accountId, otherId] = [await home.makeAccount(), await home.makeAccount()]
  const opened = await visit(browser)
  const { close, page } = opened
  await signInThroughPage(page, platform.address, home.user, `/accounts/import?account=${accountId}`)
  await page.getByLabel('File', { exact: true }).setInputFiles({ name: 'years.csv', mimeType: 'text/csv', buffer: Buffer.from(largeFile) })
  await page.getByRole('button', { name: 'Store 150,001 transactions' }).click()
  await page.getByText('150,001 transactions are being stored.').waitFor()
  const row = page.getByRole('row').filter({ hasText: 'years.csv' })
  await row.getByText('Being stored').waitFor()
  await expectGoodPage(opened, 'wealth-import-storing')

  await page.reload()
  await settled(page)
  await page.getByText('150,001 transactions are being stored.').waitFor()
  const importId = new URL(page.url()).searchParams.get('import')!
  await work('store-import', importId)
  await page.getByText('150,001 transactions were stored.').waitFor()
  await row.getByText('Stored', { exact: true }).waitFor()
  await page.getByRole('button', { name: 'Undo this import' }).click()
  await page.getByText('The transactions of this import are being removed.').waitFor()
  await row.getByText('Being undone').waitFor()
  await work('undo-import', importId)
  await page.getByText('The import was undone').waitFor()
  await row.getByText('Undone', { exact: true }).waitFor()
  expect(await home.ledger(accountId)).toEqual([])

  // A second large file meets a ledger that has changed since its commit.
  await page.goto(`${platform.address}/accounts/import?account=${otherId}`)
  await page.getByLabel('File', { exact: true }).setInputFiles({ name: 'again.csv', mimeType: 'text/csv', buffer: Buffer.from(largeFile) })
  await page.getByRole('button', { name: 'Store 150,001 transactions' }).click()
  await page.getByText('150,001 transactions are being stored.').waitFor()
  await home.bring('Date,Description,Amount\n2026-03-02,Shop 7,-1.00\n', otherId)
  await work('store-import', new URL(page.url()).searchParams.get('import')!)
  await page.getByText('Nothing was stored. 150000 rows are new now').waitFor()
  await expectGoodPage(opened, 'wealth-import-not-stored')
  await page.getByRole('button', { name: 'Look at the preview' }).click()
  await page.getByRole('button', { name: 'Store 150,000 transactions' }).waitFor()
  expect(await home.ledger(otherId)).toHaveLength(1)
  await close()
}, 400_000)
