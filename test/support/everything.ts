import { newPlan, type TestUser } from './platform.ts'
import { makeResources, type ResourceIds } from './resources.ts'

/** The ids of one user's resources, by kind. */
export interface Everything {
  readonly householdId: string
  /** An approved set, so that the plan can be simulated. */
  readonly assumptionSetId: string
  readonly draftSetId: string
  readonly portfolioModelId: string
  readonly planId: string
  /** A household plan with a person, an account and expenses, so that it can be solved. */
  readonly householdPlanId: string
  readonly householdRunId: string
  readonly inputIds: readonly string[]
  readonly runId: string
  readonly largeRunId: string
  /** Connections to institutions, for the owner and for the editor to use up. */
  readonly connectionIds: Readonly<Record<'editor' | 'owner', string>>
  /** The plain resources that are named above, by their path parameter. */
  readonly named: ResourceIds
  /** The named ones, and one of each other plain resource in the same household. */
  readonly inHousehold: ResourceIds
  /** Another one of each plain resource, in another household. */
  readonly resources: ResourceIds
  /** A sale of shares, and the account that has sold them. */
  readonly saleId: string
  readonly brokerageId: string
  /** A portfolio that no test removes. */
  readonly keptPortfolioId: string
  /** The real account that the debt of the household plan is linked to. */
  readonly linkedAccountId: string
  readonly imports: Readonly<Record<'begun' | 'committed' | 'previewed' | 'sent', string>>
}

/** Idempotency-Key and body of the request that made the household. */
export const householdRequest = { body: { name: 'Keyed', timezone: 'UTC' }, headers: { 'idempotency-key': 'everything' } }

export const assumptions = {
  assets: [
    { key: 'stocks', name: 'Stocks', meanReturn: 0.07, volatility: 0.17 },
    { key: 'bonds', name: 'Bonds', meanReturn: 0.035, volatility: 0.055 },
  ],
  inflation: { mean: 0.025, volatility: 0.018 },
  correlation: [
    [1, 0.1],
    [0.1, 1],
  ],
}

const person = { inputType: 'person', inputName: 'Alex', inputValue: { birthDate: '1964-02-03', retirementAge: 65 } }

/** Imports of a household in each of their states, and a kept profile. */
export const makeImports = async (user: TestUser, householdId: string, accountId: string, date = 'Date') => {
  const file = new TextEncoder().encode(`${date};Text;Sum\n02.03.2026;${crypto.randomUUID()};-4,50\n`)
  const body = { accounts: [{ key: '*', accountId }], profile: { columns: { date, description: 'Text', amount: 'Sum' } } }
  const begin = async (): Promise<string> =>
    (await user.request('POST', '/v1/wealth/imports', { body: { householdId, fileName: 'bank.csv', sizeBytes: file.length } })).body.id
  const send = async (): Promise<string> => {
    const id = await begin()
    await user.request('PUT', `/v1/wealth/imports/${id}/parts/0`, {
      rawBody: file,
      headers: { 'content-type': 'application/octet-stream' },
    })
    return id
  }
  const [begun, committed, previewed, sent] = [await begin(), await send(), await send(), await send()]
  const saved = { ...body, saveProfileAs: 'Village bank' }
  await user.request('POST', `/v1/wealth/imports/${committed}/preview`, { body: saved })
  const answer = await user.request('POST', `/v1/wealth/imports/${committed}/commit`, { body: saved, headers: { 'if-match': '*' } })
  if (answer.status !== 200) throw new Error(`The import answered ${answer.status}: ${JSON.stringify(answer.body)}`)
  await user.request('POST', `/v1/wealth/imports/${previewed}/preview`, { body })
  const { body: profiles } = await user.request('GET', `/v1/wealth/import-profiles?householdId=${householdId}`)
  return { imports: { begun, committed, previewed, sent }, importProfileId: profiles.items[0].id as string }
}

/** Connects an institution of the stand-in of Plaid, as a person does on its page. */
const connectInstitution = async (user: TestUser, householdId: string, institution: string): Promise<string> => {
  const { body } = await user.request('POST', '/v1/wealth/plaid/link-tokens', { body: { householdId } })
  await fetch(body.hostedLinkUrl, { method: 'POST', body: new URLSearchParams({ institution }), redirect: 'manual' })
  const made = await user.request('POST', '/v1/wealth/plaid/connections', { body: { householdId, linkToken: body.linkToken } })
  if (made.status !== 201) throw new Error(`A connection answered ${made.status}: ${JSON.stringify(made.body)}`)
  return made.body.id
}

/** Creates through the API one of every kind of resource that a user can own. */
export const makeEverything = async (user: TestUser): Promise<Everything> => {
  const make = async (path: string, body: unknown, headers: Record<string, string> = {}): Promise<string> => {
    const answer = await user.request('POST', path, { body, headers })
    if (answer.status !== 201 && answer.status !== 202) throw new Error(`${path} answered ${answer.status}: ${JSON.stringify(answer.body)}`)
    return answer.body.id
  }
  const householdId = await make('/v1/identity/households', householdRequest.body, householdRequest.headers)
  const set = { householdId, version: 'mine', name: 'Mine', effectiveDate: '2026-01-01', assumptions }
  const assumptionSetId = await make('/v1/planning/assumption-sets', set)
  const draftSetId = await make('/v1/planning/assumption-sets', { ...set, version: 'draft' })
  for (const status of ['in_review', 'approved']) {
    const path = `/v1/planning/assumption-sets/${assumptionSetId}/transitions`
    await user.request('POST', path, { body: { status }, headers: { 'if-match': '*' } })
  }
  const model = { householdId, cmaId: assumptionSetId, name: 'Mine', riskLevel: 5, assetAllocation: { stocks: 0.6, bonds: 0.4 } }
  const portfolioModelId = await make('/v1/planning/portfolio-models', model)
  const { etag, planId } = await newPlan(user, { householdId, cmaId: assumptionSetId, portfolioModelId, monteCarloIterations: 100 })
  await user.request('PATCH', `/v1/planning/plans/${planId}`, { body: { description: 'Changed' }, headers: { 'if-match': etag } })
  const householdPlanId = await make(`/v1/planning/plans/${planId}/branches`, { name: 'Household' })
  await make(`/v1/planning/plans/${householdPlanId}/inputs`, person)
  await make(`/v1/planning/plans/${householdPlanId}/inputs`, {
    inputType: 'expense',
    inputName: 'Food',
    inputValue: { annualAmount: '9000.00' },
  })
  const linkedAccountId = await make('/v1/wealth/accounts', { householdId, name: 'Mortgage', type: 'mortgage' })
  await make(`/v1/planning/plans/${householdPlanId}/inputs`, {
    inputType: 'debt',
    inputName: 'Mortgage',
    inputValue: { balance: '1000.00', annualRate: 0.05, annualPayment: '100.00', linkedAccountId },
  })
  const ofBranch = await user.request('GET', `/v1/planning/plans/${householdPlanId}/inputs`)
  const withdrawal = ofBranch.body.items.find((input: { inputType: string }) => input.inputType === 'withdrawal')
  await user.request('DELETE', `/v1/planning/plans/${householdPlanId}/inputs/${withdrawal.id}`)
  const householdRunId = await make(`/v1/planning/plans/${householdPlanId}/runs`, { iterations: 100 })
  const inputs = await user.request('GET', `/v1/planning/plans/${planId}/inputs`)
  const runId = await make(`/v1/planning/plans/${planId}/runs`, {})
  const largeRunId = await make(`/v1/planning/plans/${planId}/large-runs`, {})
  const connectionIds = {
    editor: await connectInstitution(user, householdId, 'ins_local_2'),
    owner: await connectInstitution(user, householdId, 'ins_local_1'),
  }
  const inputIds = inputs.body.items.map((input: { id: string }) => input.id)
  const named = { householdId, assumptionSetId, portfolioModelId, planId, inputId: inputIds[0], runId, connectionId: connectionIds.owner }
  const inHousehold = await makeResources(user, named)
  const { accountId = '', transactionId = '' } = inHousehold
  const brokerageId = await make('/v1/wealth/accounts', { householdId, name: 'Brokerage', type: 'investment', balanceSource: 'ledger' })
  await make('/v1/wealth/transactions', {
    accountId: brokerageId,
    type: 'buy',
    date: '2026-03-02',
    symbol: 'VTI',
    quantity: '1',
    price: '100',
    amount: '-100.00',
    description: 'Bought',
  })
  const trade = { accountId: brokerageId, date: '2026-03-03', symbol: 'VTI', price: '90' }
  await make('/v1/wealth/transactions', { ...trade, type: 'buy', quantity: '2', amount: '-180.00', description: 'Bought more' })
  const saleId = await make('/v1/wealth/transactions', { ...trade, type: 'sell', quantity: '1', amount: '90.00', description: 'Sold' })
  const target = { targetKind: 'asset_class', targetAllocation: [{ key: 'cash', weight: '1' }] }
  const keptPortfolioId = await make('/v1/wealth/portfolios', { householdId, name: 'Kept', accountIds: [brokerageId], ...target })
  const halves = {
    splits: [
      { weight: '1', category: 'shopping' },
      { weight: '1', category: 'other' },
    ],
  }
  await user.request('PUT', `/v1/wealth/transactions/${transactionId}/splits`, { body: halves, headers: { 'if-match': '*' } })
  const { importProfileId, imports } = await makeImports(user, householdId, accountId)
  return {
    imports,
    saleId,
    brokerageId,
    keptPortfolioId,
    linkedAccountId,
    householdId,
    assumptionSetId,
    draftSetId,
    portfolioModelId,
    planId,
    householdPlanId,
    householdRunId,
    inputIds,
    runId,
    largeRunId,
    connectionIds,
    named,
    inHousehold: { ...inHousehold, importProfileId },
    resources: { runId, ...(await makeResources(user)) },
  }
}
