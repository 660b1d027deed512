import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { couple, householdPlan } from '../../support/household.ts'
import { newPlan, type TestUser } from '../../support/platform.ts'
import { importDataset } from '../../support/return-dataset.ts'
import { expectGoodPage, signInThroughPage, startBrowser, startWebPlatform, visit } from '../browser.ts'

let browser: Browser
let platform: Awaited<ReturnType<typeof startWebPlatform>>
let user: TestUser
let planId: string

beforeAll(async () => {
  ;[browser, platform] = await Promise.all([startBrowser(), startWebPlatform()])
  user = await platform.newUser()
  planId = await householdPlan(user, couple)
})
afterAll(async () => {
  await browser.close()
  await platform.close()
})

const open = async (id = planId) => {
  const opened = await visit(browser)
  await signInThroughPage(opened.page, platform.address, user, `/plans/${id}/ask`)
  return opened
}
const post = async (path: string, body: object) => (await user.request('POST', `/v1/planning/plans/${planId}/${path}`, { body })).body

test('the five questions are answered in a sentence with the figures of the API', async () => {
  const { close, page } = await open()
  const question = page.getByLabel('Question', { exact: true })
  const ask = page.getByRole('button', { name: 'Find out' })
  await page.getByLabel('Futures of each simulation').first().selectOption('300')
  await page.getByLabel('In how many futures must it work?').fill('85')
  await ask.click()
  const spending = await post('solutions', { solve: 'sustainable_spending', successRate: 0.85, iterations: 300 })
  const amount = Math.round(spending.found.annualAmount).toLocaleString('en-US')
  await page.getByText(`You can spend $${amount} a year in money of today`).waitFor()
  await question.selectOption('earliest_retirement')
  await ask.click()
  const retirement = await post('solutions', { solve: 'earliest_retirement', successRate: 0.85, iterations: 300 })
  const year = 2026 + retirement.found.year
  await page.getByText(`can retire in ${year}.`).waitFor()
  await question.selectOption('required_saving')
  await page.getByLabel('In how many futures must it work?').fill('99.9')
  await ask.click()
  await page.getByText(/^(Save \$[\d,]+ a year more|No further saving reaches)/).waitFor()
  await question.selectOption('claiming_ages')
  await page.getByLabel('Claiming ages to try').selectOption('48')
  await ask.click()
  await page.getByText(/^The best ages to claim, of those that were tried: Alex at \d+ and Robin at \d+/).waitFor()
  expect(await page.getByRole('table', { name: 'What was tried' }).getByRole('row').count()).toBe(10)
  await close()
})

test('further saving and Roth conversions are answered with what was tried, and what it changes', async () => {
  const home = { inputType: 'expense', inputName: 'Second home', inputValue: { annualAmount: '25000.00' } }
  // Conversions go to a Roth account of the same person.
  const roth = {
    inputType: 'account',
    inputName: 'New Roth IRA',
    inputValue: { balance: '0.00', kind: 'roth', owner: 'Alex', basis: '0.00' },
  }
  const dear = await householdPlan(user, [...couple, home, roth])
  const solve = async (body: object) => {
    const answer = await user.request('POST', `/v1/planning/plans/${dear}/solutions`, { body: { iterations: 300, ...body } })
    expect(answer.body.found, JSON.stringify(answer.body)).toBeDefined()
    return answer.body.found
  }
  const opened = await open(dear)
  const { close, page } = opened
  const question = page.getByLabel('Question', { exact: true })
  const ask = page.getByRole('button', { name: 'Find out' })
  const percent = (share: number) => `${(share * 100).toFixed(1)}%`
  await question.selectOption('required_saving')
  await page.getByLabel('Futures of each simulation').first().selectOption('300')
  const sentences = []
  for (const successRate of [0.05, 0.9]) {
    await page.getByLabel('In how many futures must it work?').fill(String(successRate * 100))
    await ask.click()
    const { annualAmount, success } = await solve({ solve: 'required_saving', successRate })
    const sentence =
      annualAmount === 0
        ? `No further saving is needed: it works in ${percent(success)} of futures already.`
        : `Save $${Math.round(annualAmount).toLocaleString('en-US')} a year more, in money of today, until everybody has retired.`
    await page.getByText(sentence).waitFor()
    sentences.push(sentence.slice(0, 5))
  }
  expect(sentences).toEqual(['No fu', 'Save '])
  await question.selectOption('roth_conversions')
  await page.getByLabel('Tax rate of what is left in traditional accounts').fill('24')
  await ask.click()
  const { best, grid } = await solve({ solve: 'roth_conversions', taxRateAtEnd: 0.24 })
  const table = page.getByRole('table', { name: 'What was tried' })
  await page
    .getByText(best.conversion === null ? 'No Roth conversion is better than none.' : 'The best choice, of those that were tried: convert')
    .waitFor()
  await page.getByText('Compared with the plan as it is:').waitFor()
  expect(await table.getByRole('row').count()).toBe(grid.length + 1)
  const most = Math.max(...grid.map(({ success }: { success: number }) => success))
  expect(await table.getByRole('row').nth(1).textContent()).toContain(percent(most))
  await table.getByRole('row', { name: /^no conversions/ }).waitFor()
  await table.getByRole('row', { name: /^convert each year up to the end of the 24% bracket/ }).waitFor()
  await expectGoodPage(opened, 'planning-ask-roth')
  await close()
})

test('a question that is refused says why, at its field where there is one', async () => {
  const alone = await householdPlan(
    user,
    couple.filter(({ inputName }) => inputName !== 'Roth IRA'),
  )
  const { close, page } = await open(alone)
  await page.getByLabel('In how many futures must it work?').fill('120')
  await page.getByRole('button', { name: 'Find out' }).click()
  await page.getByLabel('In how many futures must it work?').and(page.locator('[aria-invalid=true]')).waitFor()
  await page.getByLabel('Question', { exact: true }).selectOption('roth_conversions')
  await page.getByRole('button', { name: 'Find out' }).click()
  await page.getByLabel('Question', { exact: true }).and(page.locator('[aria-invalid=true]')).waitFor()
  expect(await page.getByLabel('Question', { exact: true }).inputValue()).toBe('roth_conversions')
  await close()
})

test('stresses, ready-made and own, a tornado and a heat map say their finding', async () => {
  const datasetId = await importDataset(platform.database)
  const opened = await open()
  const { close, page } = opened
  await page.getByLabel('Alex dies at 70').check()
  await page.getByLabel('One of your own: What happens').selectOption('sequence')
  await page.getByLabel('First year of the past').fill('2001')
  await page.getByLabel('Number of years').fill('5')
  await page.getByLabel('Futures of each simulation').nth(1).selectOption('300')
  await page.getByRole('button', { name: 'Test the plan' }).click()
  await page.getByText(/^The hardest is: /).waitFor()
  const table = page.getByRole('table', { name: 'What if something bad happens?' })
  const seventies = await post('stress-tests', {
    iterations: 300,
    stresses: [{ kind: 'inflation_shock', name: 'Seventies', rate: 0.09, years: 8 }],
  })
  const { second } = seventies.stresses[0].againstPlan.success
  expect(await table.getByRole('row', { name: /The seventies/ }).textContent()).toContain(`${(second * 100).toFixed(1)}%`)
  await table.getByRole('row', { name: /5 years from 2001 on/ }).waitFor()
  expect(datasetId).toMatch(/^[0-9a-f-]{36}$/)
  await page.getByLabel('Futures of each simulation').nth(2).selectOption('300')
  await page.getByRole('button', { name: 'Find what matters' }).click()
  const tornado = await post('sensitivities', { iterations: 300 })
  await page.getByText(/matters most: it moves success from/).waitFor()
  expect(await page.getByRole('img', { name: 'Change of success when one input moves' }).locator('g > text').count()).toBe(
    tornado.sensitivities.length * 3,
  )
  await page.getByRole('button', { name: 'Draw the map' }).click()
  await page.getByText(/^Success goes from \d+% in the worst combination/).waitFor()
  const cells = page.getByRole('region', { name: 'Success by two inputs' }).getByRole('cell')
  expect(await cells.count()).toBe(25)
  await expectGoodPage(opened, 'planning-ask')
  await close()
})

test('a plan of one portfolio says what it needs to be asked', async () => {
  const { planId: portfolio } = await newPlan(user)
  const opened = await open(portfolio)
  await opened.page.getByRole('heading', { name: 'These questions need a household plan' }).waitFor()
  expect(await opened.page.getByRole('button', { name: 'Find out' }).count()).toBe(0)
  await expectGoodPage(opened, 'planning-ask-portfolio')
  await opened.close()
})
