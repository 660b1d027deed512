import { randomBytes } from 'node:crypto'
import * as z from 'zod'
import type { Route } from '../../lambdas/runtime/route.ts'
import type { Everything } from './everything.ts'
import type { ReviewIds } from './review.ts'
import { exampleBody, fill, type ResourceIds, resourceRoutes } from './resources.ts'

/** From the fewest rights to the most. Actors with more rights come later, because their requests can remove the tested resources. */
export const actors = ['stranger', 'former', 'viewer', 'editor', 'owner'] as const
export type Actor = (typeof actors)[number]

/** The resources of the tested household. When a route uses up a resource, there is one for each role that may call it. */
export interface Shared extends Everything {
  /** A member for the tests that change a role and remove a member. */
  readonly guestId: string
  readonly editorId: string
  readonly invitationId: string
  readonly drafts: Readonly<Record<string, string>>
  readonly replacedInputs: Readonly<Record<string, string>>
  readonly removedInputs: Readonly<Record<string, string>>
  readonly accountIds: Readonly<Record<string, string>>
  readonly review: ReviewIds
  /** Like `inHousehold`, for the editor to use up. */
  readonly forEditor: ResourceIds
}

interface PathCase {
  /** The parameters of the path: ids, and numbers of a part of a resource. */
  readonly ids: (shared: Shared, actor: Actor) => Readonly<Record<string, string>>
  /** Parameters in braces are those of the path or other ids. */
  readonly query?: string
  /** Sent unchanged, or made for the actor. */
  readonly body?: unknown
  /** Of a text that is sent unchanged, not as JSON. */
  readonly mediaType?: string
}

/** The resource that the actor may use up. Actors who may not use one up try that of the owner. */
const ofActor = (things: Readonly<Record<string, string>>, actor: Actor): string => things[actor] ?? things['owner']!

const ofHousehold = ({ householdId }: Shared) => ({ householdId })
const ofTaxYear = ({ householdId }: Shared) => ({ householdId, year: '2026' })
const ofGuest = ({ guestId, householdId }: Shared) => ({ householdId, userId: guestId })
const ofPlan = ({ planId }: Shared) => ({ planId })
const ofHouseholdPlan = ({ householdPlanId }: Shared) => ({ planId: householdPlanId })
const ofHouseholdRun = ({ householdRunId }: Shared) => ({ runId: householdRunId })
const ofRun = ({ runId }: Shared) => ({ runId })
const ofAccount = ({ forEditor, inHousehold }: Shared, actor: Actor) => ({
  accountId: (actor === 'editor' ? forEditor : inHousehold)['accountId']!,
})
const ofPortfolio = ({ keptPortfolioId }: Shared) => ({ portfolioId: keptPortfolioId })
const ofSale = ({ saleId }: Shared) => ({ transactionId: saleId })
const ofTransaction = ({ forEditor, inHousehold }: Shared, actor: Actor) => (actor === 'editor' ? forEditor : inHousehold)
/** An import in a state that the actor may use up. */
const ofImport =
  (state: keyof Everything['imports'], more: Readonly<Record<string, string>> = {}) =>
  ({ forEditor, imports }: Shared, actor: Actor) => ({
    importId: (actor === 'editor' ? forEditor[`${state}Import`] : undefined) ?? imports[state],
    ...more,
  })
const importBody = ({ inHousehold }: Shared, actor: Actor) => ({
  accounts: [{ key: '*', accountId: inHousehold['accountId'] }],
  profile: { columns: { date: actor === 'editor' ? 'Posted' : 'Date', description: 'Text', amount: 'Sum' } },
})
const ofConnection = ({ connectionIds }: Shared, actor: Actor) => ({ connectionId: ofActor(connectionIds, actor) })
const input = (inputName: string) => ({ inputType: 'account', inputName, inputValue: { balance: '1.00' } })

/** The test case of a plain resource: its path parameters name resources that the actor may use up, and its body is the example. */
const caseOf = (route: Route): PathCase => ({
  ids: ({ forEditor, inHousehold }, actor) => (actor === 'editor' ? forEditor : inHousehold),
  ...(route.body && { body: (shared: Shared) => exampleBody(route, { ...shared.resources }) }),
})

/** A request to every route with a path that names data of a household. Those of plain resources are derived from the table of routes. */
export const pathCases: Readonly<Record<string, PathCase>> = {
  ...Object.fromEntries(resourceRoutes.filter(route => route.params).map(route => [route.id, caseOf(route)])),
  'identity/list-members': { ids: ofHousehold },
  'identity/get-member': { ids: ofGuest },
  'identity/update-member': { ids: ofGuest, body: { role: 'editor' } },
  'identity/remove-member': { ids: ofGuest },
  'identity/list-invitations': { ids: ofHousehold },
  'identity/create-invitation': {
    ids: ofHousehold,
    body: () => ({ email: `invited-${randomBytes(5).toString('hex')}@nestegg.example`, role: 'viewer' }),
  },
  'wealth/create-plaid-relink-token': { ids: ofConnection },
  'wealth/create-plaid-sync': { ids: ofConnection },
  'wealth/delete-plaid-connection': { ids: ofConnection },
  'wealth/put-account-credential': { ids: ofAccount, body: { credential: 'correct horse' } },
  'wealth/delete-account-credential': { ids: ofAccount },
  'identity/revoke-invitation': { ids: ({ householdId, invitationId }) => ({ householdId, invitationId }) },
  'planning/transition-assumption-set': {
    ids: ({ drafts }, actor) => ({ assumptionSetId: ofActor(drafts, actor) }),
    body: { status: 'in_review' },
  },
  'planning/get-plan-version': { ids: ({ planId }) => ({ planId, version: '1' }) },
  'planning/compare-plan-versions': { ids: ofPlan, query: '?from=1' },
  'planning/create-branch': { ids: ofPlan, body: { name: 'Branch' } },
  'planning/create-plan-input': { ids: ofPlan, body: (_: Shared, actor: Actor) => input(`Of the ${actor}`) },
  'planning/update-plan-input': {
    ids: ({ planId, replacedInputs }, actor) => ({ planId, inputId: ofActor(replacedInputs, actor) }),
    body: (_: Shared, actor: Actor) => input(`Replaced by the ${actor}`),
  },
  'planning/delete-plan-input': { ids: ({ planId, removedInputs }, actor) => ({ planId, inputId: ofActor(removedInputs, actor) }) },
  'planning/create-run': { ids: ofPlan, body: {} },
  'planning/create-large-run': { ids: ofPlan, body: {} },
  'planning/cancel-run': { ids: ofRun },
  'planning/verify-run': { ids: ofRun },
  'planning/queue-verification': { ids: ofRun },
  'planning/get-run-chart': { ids: ofRun },
  'planning/get-run-bands': { ids: ofRun },
  'planning/get-actual-balances': { ids: ofRun },
  'planning/get-run-years': { ids: ofRun },
  'planning/explain-path': { ids: ({ runId }) => ({ runId, pathIndex: '0' }) },
  'planning/rank-paths': { ids: ofRun },
  'planning/report-plan-versus-actual': {
    ids: ofHouseholdRun,
    body: { date: '2027-01-01', balances: [{ account: 'Savings', balance: '1.00' }] },
  },
  'planning/restore-plan': { ids: ofPlan, body: { version: 1 } },
  'planning/roll-plan-forward': {
    ids: ofHouseholdPlan,
    body: ({ linkedAccountId }: Shared, actor: Actor) => ({
      date: actor === 'owner' ? '2026-07-31' : '2026-06-30',
      balances: [{ linkedAccountId, balance: '1.00' }],
    }),
  },
  'planning/compare-plans': {
    ids: ofHouseholdPlan,
    body: ({ householdPlanId }: Shared) => ({ otherPlanId: householdPlanId, iterations: 100 }),
  },
  'planning/preview-plan': { ids: ofHouseholdPlan, body: { iterations: 100, terms: { planningHorizonYears: 30 } } },
  'planning/solve-plan': { ids: ofHouseholdPlan, body: { solve: 'sustainable_spending', iterations: 100 } },
  'planning/analyse-sensitivities': { ids: ofHouseholdPlan, body: { iterations: 100, inputs: ['spending'] } },
  'planning/stress-plan': { ids: ofHouseholdPlan, body: { iterations: 100, stresses: [{ kind: 'long_life', name: 'Long', age: 100 }] } },
  'wealth/undo-rule-run': { ids: ({ forEditor, inHousehold }, actor) => (actor === 'editor' ? forEditor : inHousehold) },
  'wealth/decide-transfer': { ids: ({ review }) => ({ transferId: review.transferId }), body: { status: 'confirmed' } },
  'wealth/get-recurring': { ids: ({ review }) => ({ recurringId: review.recurringId }) },
  'wealth/update-recurring': { ids: ({ review }) => ({ recurringId: review.recurringId }), body: { name: 'Home' } },
  'wealth/unlink-recurring': {
    ids: ({ review }) => ({ recurringId: review.recurringId }),
    body: ({ review }: Shared, actor: Actor) => ({ transactionId: actor === 'owner' ? review.inflowId : review.outflowId }),
  },
  'wealth/create-valuation': {
    ids: ofAccount,
    body: (_: Shared, actor: Actor) => ({ date: actor === 'owner' ? '2026-02-27' : '2026-02-28', balance: '1.00' }),
  },
  'wealth/close-account': { ids: ofAccount, body: {} },
  'wealth/reopen-account': { ids: ofAccount },
  'wealth/get-beneficiaries': { ids: ofAccount },
  'wealth/replace-beneficiaries': { ids: ofAccount, body: { primary: [{ name: 'Heir', share: '100' }] } },
  'wealth/get-liability-terms': { ids: ofAccount },
  'wealth/replace-liability-terms': { ids: ofAccount, body: { terms: null } },
  'wealth/list-tax-years': { ids: ofHousehold },
  'wealth/get-tax-year': { ids: ofTaxYear },
  'wealth/replace-tax-year': { ids: ofTaxYear, body: { filingStatus: 'single' } },
  'wealth/list-account-balances': { ids: ofAccount },
  'wealth/list-portfolio-versions': { ids: ofPortfolio },
  'wealth/create-rebalancing-proposal': { ids: ofPortfolio, body: {} },
  'wealth/get-portfolio-holdings': { ids: ofPortfolio },
  'wealth/get-portfolio-version': { ids: ({ keptPortfolioId }) => ({ portfolioId: keptPortfolioId, version: '1' }) },
  'wealth/compare-portfolio-versions': { ids: ofPortfolio, query: '?from=1' },
  'wealth/restore-portfolio': { ids: ofPortfolio, body: { version: 1 } },
  'wealth/preview-import': { ids: ofImport('sent'), body: importBody },
  'wealth/store-import-part': { ids: ofImport('begun', { part: '0' }), body: 'bytes', mediaType: 'application/octet-stream' },
  'wealth/commit-import': { ids: ofImport('previewed'), body: importBody },
  'wealth/undo-import': { ids: ofImport('committed') },
  'wealth/update-transaction-category': {
    ids: ofTransaction,
    body: (_: Shared, actor: Actor) => ({ name: `Of the ${actor}` }),
  },
  'wealth/get-lot-choice': { ids: ofSale },
  'wealth/replace-lot-choice': { ids: ofSale, body: { method: null } },
  'wealth/split-transaction': { ids: ofTransaction, body: { splits: [] } },
  'wealth/reverse-transaction': { ids: ofTransaction, body: {} },
  'wealth/get-balance': { ids: ofTransaction },
  'wealth/export-transactions': { ids: ofAccount, query: '?format=csv' },
  'wealth/get-tax-report': { ids: ofTaxYear, query: '?householdId={householdId}' },
  'wealth/get-tax-income-report': { ids: ofTaxYear, query: '?householdId={householdId}' },
  'wealth/get-tax-retirement-report': { ids: ofTaxYear, query: '?householdId={householdId}' },
  'wealth/export-tax-report': { ids: ofTaxYear, query: '?householdId={householdId}&report=income&format=csv' },
  'wealth/get-form-8949': { ids: ofTaxYear, query: '?householdId={householdId}' },
  'wealth/list-form-8949-lines': { ids: ofTaxYear, query: '?householdId={householdId}' },
  // Last, because the owner is then an editor.
  'identity/create-handover': { ids: ofHousehold, body: ({ editorId }: Shared) => ({ userId: editorId }) },
}

/** Fields that name data without an owner, and links of a plan that are not stored or are looked up only among its own inputs. */
export const sharedFields = [
  ...['create-portfolio', 'update-portfolio'].map(name => `wealth/${name} benchmarkId`),
  ...['compare-plans', 'preview-plan', 'solve-plan', 'analyse-sensitivities', 'stress-plan', 'create-run', 'create-large-run'].map(
    name => `planning/${name} datasetId`,
  ),
  ...['preview-plan', 'roll-plan-forward', 'report-plan-versus-actual'].map(name => `planning/${name} linkedAccountId`),
]

/** The place is that of the id in the body, if its field is not a member of the body itself. */
type BodyCase = (own: Everything & { readonly review: ReviewIds }, id: string) => readonly [path: string, body: unknown, place?: string]

/** The names of the fields of a schema that hold a uuid. */
const uuidFields = (schema: unknown, name = ''): string[] => {
  if (typeof schema !== 'object' || schema === null) return []
  if (Reflect.get(schema, 'format') === 'uuid') return [name]
  return Object.entries(schema).flatMap(([key, value]) => uuidFields(value, /^(anyOf|oneOf|items|\d+)$/.test(key) ? name : key))
}

/** The fields of a route's body that hold ids. */
export const namingFields = ({ body }: Route): string[] =>
  body ? [...new Set(uuidFields(z.toJSONSchema(body, { io: 'input', unrepresentable: 'any' })))] : []

const linked = (linkedAccountId: string) => ({
  inputType: 'account',
  inputName: 'Linked',
  inputValue: { balance: '1.00', linkedAccountId },
})
const inValue = 'inputValue.linkedAccountId'
const previews =
  (of: (id: string) => readonly [body: unknown, place: string]): BodyCase =>
  ({ planId }, id) => [`/v1/planning/plans/${planId}/previews`, ...of(id)]

const setCategory = (categoryId: string | null) => ({ action: 'set_category', category: 'investment', categoryId })
const ruleOfAccount = (id: string) => ({ name: 'Rule', conditions: [{ field: 'account', accountIds: [id] }], actions: [setCategory(null)] })
const toAccount = (id: string) => ({ name: 'Rule', conditions: [], actions: [{ action: 'mark_transfer', accountId: id }] })
const toCategory = (id: string) => ({ name: 'Rule', conditions: [], actions: [setCategory(id)] })
const ruleOfCategory = (id: string) => ({
  name: 'Rule',
  conditions: [{ field: 'own_category', categoryIds: [id] }],
  actions: [setCategory(null)],
})
const inOwnCategories = 'conditions.0.categoryIds'
const inCategory = 'actions.0.categoryId'
const inConditions = 'conditions.0.accountIds'
const inActions = 'actions.0.accountId'
const rules = '/v1/wealth/rules'
const ruleBodies: Readonly<Record<string, BodyCase>> = {
  'wealth/create-rule accountIds': ({ resources: { householdId } }, id) => [rules, { householdId, ...ruleOfAccount(id) }, inConditions],
  'wealth/create-rule accountId': ({ resources: { householdId } }, id) => [rules, { householdId, ...toAccount(id) }, inActions],
  'wealth/update-rule accountIds': ({ resources }, id) => [`${rules}/${resources['ruleId']}`, ruleOfAccount(id), inConditions],
  'wealth/update-rule accountId': ({ resources }, id) => [`${rules}/${resources['ruleId']}`, toAccount(id), inActions],
  'wealth/create-rule categoryId': ({ resources: { householdId } }, id) => [rules, { householdId, ...toCategory(id) }, inCategory],
  'wealth/create-rule categoryIds': ({ resources: { householdId } }, id) => [
    rules,
    { householdId, ...ruleOfCategory(id) },
    inOwnCategories,
  ],
  'wealth/update-rule categoryId': ({ resources }, id) => [`${rules}/${resources['ruleId']}`, toCategory(id), inCategory],
  'wealth/update-rule categoryIds': ({ resources }, id) => [`${rules}/${resources['ruleId']}`, ruleOfCategory(id), inOwnCategories],
  'wealth/preview-rules categoryId': ({ householdId }, id) => [
    `${rules}/previews`,
    { householdId, rule: toCategory(id) },
    `rule.${inCategory}`,
  ],
  'wealth/preview-rules categoryIds': ({ householdId }, id) => [
    `${rules}/previews`,
    { householdId, rule: ruleOfCategory(id) },
    `rule.${inOwnCategories}`,
  ],
  'wealth/preview-rules householdId': (_, householdId) => [`${rules}/previews`, { householdId }],
  'wealth/preview-rules accountIds': ({ householdId }, id) => [
    `${rules}/previews`,
    { householdId, rule: ruleOfAccount(id) },
    `rule.${inConditions}`,
  ],
  'wealth/preview-rules accountId': ({ householdId }, id) => [
    `${rules}/previews`,
    { householdId, rule: toAccount(id) },
    `rule.${inActions}`,
  ],
  'wealth/reorder-rules householdId': ({ inHousehold }, householdId) => [
    `${rules}/orders`,
    { householdId, ruleIds: [inHousehold['ruleId']] },
  ],
  'wealth/reorder-rules ruleIds': ({ householdId }, id) => [`${rules}/orders`, { householdId, ruleIds: [id] }, 'ruleIds.0'],
  'wealth/create-rule-run accountId': ({ householdId }, accountId) => [
    '/v1/wealth/rule-runs',
    { householdId, scope: { accountId } },
    'scope.accountId',
  ],
}

const transfers = '/v1/wealth/transfers'
const repeating = '/v1/wealth/recurring-transactions'
const reviewBodies: Readonly<Record<string, BodyCase>> = {
  'wealth/detect-transfers householdId': (_, householdId) => [`${transfers}/detections`, { householdId }],
  'wealth/detect-recurring householdId': (_, householdId) => [`${repeating}/detections`, { householdId }],
  'wealth/create-transfer householdId': ({ review: { inflowId, outflowId } }, householdId) => [
    transfers,
    { householdId, inflowId, outflowId },
  ],
  'wealth/create-transfer outflowId': ({ householdId, review: { inflowId } }, outflowId) => [
    transfers,
    { householdId, inflowId, outflowId },
  ],
  'wealth/create-transfer inflowId': ({ householdId, review: { outflowId } }, inflowId) => [
    transfers,
    { householdId, inflowId, outflowId },
  ],
  'wealth/unlink-recurring transactionId': ({ review }, transactionId) => [`${repeating}/${review.recurringId}/unlinks`, { transactionId }],
}
const plainLabels = { version: 1, category: 'other', categoryId: null, merchantName: null, notes: null, tags: [], provenance: {} }
const labelling =
  (of: (id: string) => object, place?: string): BodyCase =>
  ({ resources }, id) => {
    const body = { householdId: resources['householdId'], transactionIds: [resources['transactionId']], labels: { notes: 'x' }, ...of(id) }
    return place === undefined ? ['/v1/wealth/transactions/labels', body] : ['/v1/wealth/transactions/labels', body, place]
  }
const restoring =
  (of: (id: string, own: Everything) => object, place?: string): BodyCase =>
  (own, id) => {
    const before = [{ ...plainLabels, id: own.resources['transactionId'] }]
    const body = { householdId: own.resources['householdId'], before, ...of(id, own) }
    const path = '/v1/wealth/transactions/labels/restorations'
    return place === undefined ? [path, body] : [path, body, place]
  }

const contributionOf = (contributorId: string) => ({
  type: 'contribution',
  date: '2026-03-01',
  amount: '5.00',
  description: 'Gift',
  taxYear: 2026,
  contributorId,
})

/** By field, a body for every route with a body that names data of a household. All of the body but that id is valid. */
export const bodyCases: Readonly<Record<string, BodyCase>> = {
  ...Object.fromEntries(
    resourceRoutes.flatMap(route =>
      namingFields(route)
        .filter(field => !sharedFields.includes(`${route.id} ${field}`))
        .map((field): [string, BodyCase] => [
          `${route.id} ${field}`,
          ({ resources }, id) => {
            const rest = route.resource?.operation === 'create' ? exampleBody(route, resources) : {}
            return [fill(route.path, resources), { ...rest, [field]: id }]
          },
        ]),
    ),
  ),
  'planning/compare-plans otherPlanId': ({ planId }, id) => [`/v1/planning/plans/${planId}/comparisons`, { otherPlanId: id }],
  'planning/create-plan-input linkedAccountId': ({ planId }, id) => [`/v1/planning/plans/${planId}/inputs`, linked(id), inValue],
  'planning/update-plan-input linkedAccountId': ({ inputIds, planId }, id) => [
    `/v1/planning/plans/${planId}/inputs/${inputIds[0]}`,
    linked(id),
    inValue,
  ],
  'planning/preview-plan cmaId': previews(id => [{ terms: { cmaId: id } }, 'terms.cmaId']),
  'planning/preview-plan portfolioModelId': previews(id => [{ terms: { portfolioModelId: id } }, 'terms.portfolioModelId']),
  'planning/preview-plan inputId': previews(inputId => [
    { inputs: { replace: [{ inputId, input: input('Replaced') }] } },
    'inputs.replace.0.inputId',
  ]),
  'planning/preview-plan remove': previews(id => [{ inputs: { remove: [id] } }, 'inputs.remove.0']),
  ...ruleBodies,
  ...reviewBodies,
  'wealth/create-lot-preview accountId': (_, accountId) => [
    '/v1/wealth/lot-previews',
    { accountId, symbol: 'VTI', quantity: '1', price: '1' },
  ],
  'wealth/create-lot-preview openingId': ({ brokerageId: accountId }, openingId) => [
    '/v1/wealth/lot-previews',
    { accountId, symbol: 'VTI', quantity: '1', price: '1', date: '2026-03-04', lots: [{ openingId, quantity: '1' }] },
    'lots',
  ],
  'wealth/replace-lot-choice openingId': ({ saleId }, openingId) => [
    `/v1/wealth/transactions/${saleId}/lot-choice`,
    { method: 'specific', lots: [{ openingId, quantity: '1' }], identifiedOn: '2026-03-03' },
    'lots',
  ],
  'wealth/create-goal accountIds': ({ resources }, id) => [
    '/v1/wealth/goals',
    { householdId: resources['householdId'], name: 'Roof', kind: 'home', targetAmount: '1.00', accountIds: [id] },
    'accountIds.0',
  ],
  'wealth/update-goal accountIds': ({ resources }, id) => [`/v1/wealth/goals/${resources['goalId']}`, { accountIds: [id] }, 'accountIds.0'],
  ...Object.fromEntries(
    (['accountIds', 'portfolioModelId'] as const).flatMap(field => {
      const settings = (id: string) =>
        field === 'accountIds' ? { accountIds: [id] } : { targetKind: 'model', targetAllocation: [], portfolioModelId: id }
      const place = field === 'accountIds' ? 'accountIds.0' : field
      return [
        [
          `wealth/create-portfolio ${field}`,
          ({ resources: { accountId, householdId } }: Everything, id: string) =>
            ['/v1/wealth/portfolios', { householdId, name: 'All', accountIds: [accountId], ...settings(id) }, place] as const,
        ],
        [
          `wealth/update-portfolio ${field}`,
          ({ resources }: Everything, id: string) => [`/v1/wealth/portfolios/${resources['portfolioId']}`, settings(id), place] as const,
        ],
      ]
    }),
  ),
  ...Object.fromEntries(
    ['personId', 'fiveYearBeneficiaries'].map(field => [
      `wealth/replace-tax-year ${field}`,
      ({ resources: { householdId, personId } }: Everything, id: string) =>
        [
          `/v1/wealth/households/${householdId}/tax-years/2026`,
          { people: [field === 'personId' ? { personId: id } : { personId, fiveYearBeneficiaries: [id] }] },
          field === 'personId' ? 'people.0.personId' : 'people.0.fiveYearBeneficiaries.0',
        ] as const,
    ]),
  ),
  'wealth/create-rebalancing-proposal accountId': ({ resources }, accountId) => [
    `/v1/wealth/portfolios/${resources['portfolioId']}/rebalancing-proposals`,
    { newCash: [{ accountId, amount: '1.00' }] },
    'newCash.0.accountId',
  ],
  'wealth/create-transaction contributorId': ({ resources }, id) => [
    '/v1/wealth/transactions',
    { accountId: resources['accountId'], ...contributionOf(id) },
  ],
  'wealth/reverse-transaction contributorId': ({ resources }, id) => [
    `/v1/wealth/transactions/${resources['transactionId']}/reversals`,
    { replacement: contributionOf(id) },
    'replacement.contributorId',
  ],
  'wealth/replace-beneficiaries personId': ({ resources }, id) => [
    `/v1/wealth/accounts/${resources['accountId']}/beneficiaries`,
    { primary: [{ personId: id, share: '100' }] },
    'primary.0.personId',
  ],
  ...Object.fromEntries(
    (['preview', 'commit'] as const).map(action => [
      `wealth/${action}-import accountId`,
      ({ imports }: Everything, id: string) =>
        [
          `/v1/wealth/imports/${imports[action === 'preview' ? 'sent' : 'previewed']}/${action}`,
          { accounts: [{ key: '*', accountId: id }], profile: { columns: { date: 'Date', description: 'Text', amount: 'Sum' } } },
          'accounts.0.accountId',
        ] as const,
    ]),
  ),
  'wealth/label-transactions householdId': labelling(id => ({ householdId: id })),
  'wealth/label-transactions transactionIds': labelling(id => ({ transactionIds: [id] })),
  'wealth/label-transactions accountId': labelling(accountId => ({ transactionIds: undefined, filter: { accountId } }), 'filter.accountId'),
  'wealth/label-transactions categoryId': labelling(categoryId => ({ labels: { categoryId } }), 'labels.categoryId'),
  'wealth/restore-labels householdId': restoring(id => ({ householdId: id })),
  'wealth/restore-labels id': restoring(id => ({ before: [{ ...plainLabels, id }] }), 'before.0.id'),
  'wealth/restore-labels categoryId': restoring(
    (categoryId, { resources }) => ({ before: [{ ...plainLabels, id: resources['transactionId'], categoryId }] }),
    'before.0.categoryId',
  ),
  'wealth/reverse-transaction categoryId': ({ resources }, categoryId) => [
    `/v1/wealth/transactions/${resources['transactionId']}/reversals`,
    { replacement: { date: '2026-03-02', amount: '-1.00', description: 'Right', categoryId } },
    'replacement.categoryId',
  ],
  'wealth/split-transaction categoryId': ({ resources }, categoryId) => [
    `/v1/wealth/transactions/${resources['transactionId']}/splits`,
    {
      splits: [
        { weight: '1', category: 'other', categoryId },
        { weight: '1', category: 'other' },
      ],
    },
    'splits.0.categoryId',
  ],
  'wealth/create-plaid-link-token householdId': (_, householdId) => ['/v1/wealth/plaid/link-tokens', { householdId }],
  'wealth/create-plaid-connection householdId': (_, householdId) => [
    '/v1/wealth/plaid/connections',
    { householdId, linkToken: 'link-sandbox-1' },
  ],
  'identity/create-handover userId': ({ householdId }, id) => [`/v1/identity/households/${householdId}/handovers`, { userId: id }],
}

/** The resources of the tested household that a field of a body may name. */
export const namedBy: Readonly<Record<string, (shared: Shared) => string>> = {
  householdId: ({ householdId }) => householdId,
  cmaId: ({ assumptionSetId }) => assumptionSetId,
  portfolioModelId: ({ portfolioModelId }) => portfolioModelId,
  parentPlanId: ({ planId }) => planId,
  otherPlanId: ({ planId }) => planId,
  inputId: ({ replacedInputs }) => replacedInputs['owner']!,
  remove: ({ replacedInputs }) => replacedInputs['owner']!,
  userId: ({ editorId }) => editorId,
  ruleIds: ({ inHousehold }) => inHousehold['ruleId']!,
  outflowId: ({ review }) => review.outflowId,
  inflowId: ({ review }) => review.inflowId,
  transactionId: ({ review }) => review.outflowId,
  openingId: ({ saleId }) => saleId,
  categoryIds: ({ inHousehold }) => inHousehold['categoryId']!,
  ownerId: ({ inHousehold }) => inHousehold['personId']!,
  personId: ({ inHousehold }) => inHousehold['personId']!,
  designatedBeneficiaryId: ({ inHousehold }) => inHousehold['personId']!,
  contributorId: ({ inHousehold }) => inHousehold['personId']!,
  fiveYearBeneficiaries: ({ inHousehold }) => inHousehold['personId']!,
  accountIds: ({ inHousehold }) => inHousehold['accountId']!,
  accountId: ({ inHousehold }) => inHousehold['accountId']!,
  linkedAccountId: ({ inHousehold }) => inHousehold['accountId']!,
  categoryId: ({ inHousehold }) => inHousehold['categoryId']!,
  transactionIds: ({ inHousehold }) => inHousehold['transactionId']!,
  id: ({ inHousehold }) => inHousehold['transactionId']!,
}
