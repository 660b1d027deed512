import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { pagesOf } from '../../domain/documents/pdf-text.ts'
import { anyVersion } from './ledger-platform.ts'
import { type Lots, startLots } from './lots-platform.ts'

let lots: Lots
let broker: string
let paper: string
const reports = 'tax-reports/2025'
const form = (query?: Record<string, string>) => lots.get(`${reports}/form-8949`, query)
const linesOf = async (query: Record<string, string> = {}) => {
  const all: Record<string, string>[] = []
  let cursor: string | null = null
  do {
    const page: { items: Record<string, string>[]; nextCursor: string | null } = await lots.get(`${reports}/form-8949/lines`, {
      ...query,
      ...(cursor === null ? {} : { cursor }),
    })
    all.push(...page.items)
    cursor = page.nextCursor
  } while (cursor !== null)
  return all
}
const exported = (format: string, query: Record<string, string> = {}) =>
  lots.user.request(
    'GET',
    `/v1/wealth/${reports}/export?${String(new URLSearchParams({ householdId: lots.householdId, report: 'form-8949', format, ...query }))}`,
  )

beforeAll(async () => {
  lots = await startLots()
  const { enter } = lots
  broker = await lots.account({ name: 'First', type: 'investment', tax_type: 'taxable_brokerage', institution_name: 'First Broker' })
  paper = await lots.account({ name: 'Paper', type: 'investment', tax_type: 'taxable_brokerage' })
  await enter(broker, 'buy', '2024-01-02', { symbol: 'LONG', quantity: '10', price: '100' })
  await enter(broker, 'sell', '2025-01-03', { symbol: 'LONG', quantity: '10', price: '130.05' })
  // A loss of 200 on 10 shares, of which 4 are replaced: 80 are disallowed.
  await enter(broker, 'buy', '2025-02-03', { symbol: 'WASH', quantity: '10', price: '50.45' })
  await enter(broker, 'sell', '2025-03-03', { symbol: 'WASH', quantity: '10', price: '30.45' })
  await enter(broker, 'buy', '2025-03-10', { symbol: 'WASH', quantity: '4', price: '31' })
  await enter(paper, 'buy', '2025-04-01', { symbol: 'NOTE', quantity: '1', price: '10' })
  await enter(paper, 'sell', '2025-05-01', { symbol: 'NOTE', quantity: '1', price: '12' })
  await enter(lots.ira, 'buy', '2025-04-01', { symbol: 'NOTE', quantity: '1', price: '10' })
  await enter(lots.ira, 'sell', '2025-05-01', { symbol: 'NOTE', quantity: '1', price: '99' })
  await enter(broker, 'transfer_in', '2025-05-05', { symbol: 'GIVEN', quantity: '2', price: '0' })
  await enter(broker, 'sell', '2025-06-02', { symbol: 'GIVEN', quantity: '2', price: '40' })
})
afterAll(() => lots.platform.close())

describe('Form 8949 of a year', () => {
  it('has the boxes with their totals, what is incomplete, and Schedule D', async () => {
    const answer = await form()
    expect(answer).toMatchObject({ year: 2025, isCurrent: true, incomplete: { lineCount: 1, proceeds: '80.00' } })
    expect(answer.parts).toEqual([
      { box: 'A', lineCount: 1, totals: { proceeds: '304.50', basis: '504.50', adjustment: '80.00', gain: '-120.00' } },
      { box: 'C', lineCount: 1, totals: { proceeds: '12.00', basis: '10.00', adjustment: '0.00', gain: '2.00' } },
      { box: 'D', lineCount: 1, totals: { proceeds: '1300.50', basis: '1000.00', adjustment: '0.00', gain: '300.50' } },
    ])
    expect(answer.totals).toMatchObject({ short: { gain: '-118.00' }, long: { gain: '300.50' } })
    expect(answer.schedule.sums['1b'].gain).toBe('-120.00')
    expect(answer.schedule.lines).toMatchObject({ '7': '-118.00', '15': '300.50', '16': '182.50', '21': '0.00' })
    expect(answer.facts).toMatchObject({ filingStatus: null, factsVersion: 0 })
  })

  it('has the lines of a box, page by page, each with its sale and its purchase', async () => {
    const [line, ...others] = await linesOf({ box: 'A', isIncomplete: 'false' })
    expect(others).toEqual([])
    expect(line).toMatchObject({ description: '10 sh. WASH', acquired: '2025-02-03', sold: '2025-03-03', codes: 'W', adjustment: '80.00' })
    const { items } = await lots.get('lot-closings', { transactionId: line!['transactionId']! })
    expect(items).toMatchObject([{ openingId: line!['lotTransactionId'] }])
    const all = await linesOf({ limit: '1' })
    expect(all.map(({ box, symbol }) => [box, symbol])).toEqual([
      ['D', 'LONG'],
      ['A', 'WASH'],
      ['C', 'NOTE'],
      ['A', 'GIVEN'],
    ])
    expect(await linesOf({ isIncomplete: 'true' })).toMatchObject([{ symbol: 'GIVEN', gain: null, proceeds: '80.00' }])
    expect((await linesOf({ isIncomplete: 'false' })).map(({ symbol }) => symbol)).toEqual(['LONG', 'WASH', 'NOTE'])
  })

  it('in whole dollars rounds each line, and the sums are those of the lines', async () => {
    const [{ parts }, lines] = await Promise.all([form({ rounding: 'dollars' }), linesOf({ rounding: 'dollars', isIncomplete: 'false' })])
    expect(lines.map(({ proceeds, basis, gain }) => [proceeds, basis, gain])).toEqual([
      ['1301.00', '1000.00', '301.00'],
      ['305.00', '505.00', '-120.00'],
      ['12.00', '10.00', '2.00'],
    ])
    expect(parts.map(({ totals }: { totals: { gain: string } }) => totals.gain)).toEqual(['-120.00', '2.00', '301.00'])
  })

  it('by Exception 1 has plain sales as totals of Schedule D', async () => {
    const { schedule } = await form({ plainSales: 'totals' })
    expect([schedule.sums['8a'].gain, schedule.sums['8b'].gain, schedule.sums['1b'].gain]).toEqual(['300.50', '0.00', '-120.00'])
  })

  it('takes losses of earlier years, the filing status and distributed gains', async () => {
    const { status } = await lots.user.request('PUT', `/v1/wealth/households/${lots.householdId}/tax-years/2025`, {
      body: { filingStatus: 'marriedFilingSeparately', longTermLossCarryover: '2500.00' },
      headers: anyVersion,
    })
    expect(status).toBe(200)
    await lots.enter(broker, 'dividend', '2025-12-15', { symbol: 'FUND', amount: '17.50', description: 'LT CAP GAIN DIST' })
    const { facts, schedule } = await form()
    expect(facts).toMatchObject({ filingStatus: 'marriedFilingSeparately', capitalGainDistributions: '17.50', factsVersion: 1 })
    // 300.50 + 17.50 - 2,500 = -2,182; with -118 on line 7: -2,300, of which 1,500 are deducted.
    expect(schedule.lines).toMatchObject({ '13': '17.50', '14': '-2500.00', '15': '-2182.00', '16': '-2300.00', '21': '-1500.00' })
    expect(schedule.carryover).toEqual({ shortTerm: '0.00', longTerm: '800.00' })
  })

  it('is saved as CSV, JSON and PDF, with the figures of the page', async () => {
    const csv = (await exported('csv')).body as string
    expect(csv.split('\r\n')[1]).toMatch(/^A,10 sh\. WASH,2025-02-03,2025-03-03,304\.50,504\.50,W,80\.00,-120\.00,First,/)
    expect(csv).toContain('The basis is not known.')
    const { body: json } = await exported('json', { rounding: 'dollars' })
    expect(json).toMatchObject({
      year: 2025,
      rounding: 'dollars',
      totals: { long: { gain: '301.00' } },
      schedule: { lines: { '21': '-1500.00' } },
    })
    const { services } = lots.platform
    const pdf = await fetch(`${services.url}/v1/wealth/${reports}/export?householdId=${lots.householdId}&report=form-8949&format=pdf`, {
      headers: { authorization: `Bearer ${lots.user.token}` },
    })
    const text = pagesOf(Buffer.from(await pdf.arrayBuffer())).flat()
    expect(text).toEqual(expect.arrayContaining(['Box A: Short-term, basis reported on Form 1099-B', '(120.00)', 'Schedule D']))
  })

  it('names what is wrong in a question', async () => {
    const answers = await Promise.all(
      ['box=G', 'isIncomplete=maybe', 'rounding=euros', 'cursor=abc'].map(query =>
        lots.user.request('GET', `/v1/wealth/${reports}/form-8949/lines?householdId=${lots.householdId}&${query}`),
      ),
    )
    expect(answers.map(({ body, status }) => [status, body.errors[0].path])).toEqual([
      [400, 'query.box'],
      [400, 'query.isIncomplete'],
      [400, 'query.rounding'],
      [400, 'query.cursor'],
    ])
  })
})

describe('a broker’s Form 1099-B beside the ledger', () => {
  const header = 'Symbol,Quantity,Date Acquired,Date Sold,Proceeds,Cost Basis,Wash Sale Loss Disallowed,Term,Form 8949 Code'
  const compare = (rawBody: string, query: Record<string, string> = {}) =>
    lots.user.request(
      'POST',
      `/v1/wealth/broker-comparisons?${String(new URLSearchParams({ householdId: lots.householdId, year: '2025', ...query }))}`,
      { rawBody, headers: { 'content-type': 'text/csv' } },
    )

  it('has equal sales, differing ones with the cause, and those of one side only', async () => {
    const { body, status } = await compare(
      [
        header,
        'LONG,10,01/02/2024,01/03/2025,"1,300.50","1,000.00",0.00,Long,D',
        'WASH,10,02/03/2025,03/03/2025,304.50,504.50,0.00,Short,A',
        'ELSE,1,02/03/2025,03/03/2025,5.00,4.00,0.00,Short,A',
        'WASH,x,02/03/2025,03/03/2025,5.00,4.00,0.00,Short,A',
      ].join('\n'),
    )
    expect(status).toBe(200)
    expect(body.counts).toEqual({ equal: 1, differing: 1, only_broker: 1, only_here: 1 })
    const differing = body.items.find(({ outcome }: { outcome: string }) => outcome === 'differing')
    expect(differing).toMatchObject({
      cause: 'wash_sale_in_another_account',
      differences: [{ field: 'disallowedLoss', broker: '0.00', ours: '80.00', difference: '-80.00' }],
      ours: [{ symbol: 'WASH', codes: 'W' }],
    })
    expect(body.items.find(({ outcome }: { outcome: string }) => outcome === 'only_here').ours).toMatchObject([{ symbol: 'GIVEN' }])
    expect(body).toMatchObject({ rejectedCount: 1, rejected: [{ line: 5, field: 'Quantity' }] })
  })

  it('reads dates in the order that is given where the file shows none', async () => {
    // 4 January and 5 January 2025, or 1 April and 1 May 2025.
    const file = `${header}\nNOTE,1,04/01/2025,05/01/2025,12.00,10.00,0,Short,C\n`
    const dayFirst = await compare(file, { dateOrder: 'DMY' })
    expect(dayFirst.body.ambiguous).toEqual([])
    expect(dayFirst.body.items.flatMap(({ broker }: { broker: object[] }) => broker)).toContainEqual(
      expect.objectContaining({ acquiredOn: '2025-01-04', soldOn: '2025-01-05' }),
    )
    const open = await compare(file)
    expect(open.body.ambiguous).toEqual(['dateOrder'])
    expect((await compare(file, { dateOrder: 'MDY' })).body).toEqual({ ...open.body, ambiguous: [] })
    const refused = await compare(file, { dateOrder: 'MYD' })
    expect([refused.status, refused.body.errors[0].path]).toEqual([400, 'query.dateOrder'])
  })

  it('is limited to an account, which has to be one of the household', async () => {
    const { body } = await compare(`${header}\nNOTE,1,04/01/2025,05/01/2025,12.00,10.00,0,Short,C\n`, { accountId: paper })
    expect(body.counts).toEqual({ equal: 1, differing: 0, only_broker: 0, only_here: 0 })
    const refused = await compare(header, { accountId: lots.householdId })
    expect([refused.status, refused.body.errors[0].path]).toEqual([422, 'query.accountId'])
  })

  it('refuses what is no such table, and names the column that it lacks', async () => {
    const refused = await compare('just words')
    expect([refused.status, refused.body.errors[0].path]).toEqual([422, 'body.columns.soldOn'])
  })
})

describe('a stranger', () => {
  it.each([
    ['GET', 'tax-reports/2025/form-8949?'],
    ['GET', 'tax-reports/2025/form-8949/lines?box=A&'],
    ['GET', 'unrealised-gains?'],
    ['GET', 'unrealised-gains/export?format=csv&'],
    ['GET', 'harvest-candidates?'],
    ['POST', 'broker-comparisons?year=2025&'],
  ])('cannot read %s %s of the household', async (method, path) => {
    const stranger = await lots.platform.newUser()
    const sent = method === 'POST' ? { rawBody: 'Symbol,Quantity,Date Sold,Proceeds\n', headers: { 'content-type': 'text/csv' } } : {}
    const { body, status } = await stranger.request(method, `/v1/wealth/${path}householdId=${lots.householdId}`, sent)
    expect([status, body.detail]).toEqual([404, 'There is no such household.'])
  })
})
