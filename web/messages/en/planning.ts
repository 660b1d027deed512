/** The words that several pages of planning use. */

export const titles = { plans: 'Plans', newPlan: 'Make a plan', editPlan: 'Edit a plan', planHistory: 'History of a plan' }

export const planStatus = { draft: 'Draft', active: 'Active', archived: 'Archived' }

export const planHeader = {
  parts: 'Parts of the plan',
  tabs: {
    results: 'Results',
    whatIf: 'What if',
    compare: 'Compare',
    ask: 'Ask',
    actual: 'Actual',
    edit: 'Edit',
    history: 'History',
  },
  asOf: 'As of',
  scenarioOf: 'Scenario of',
  loading: 'Plan',
  gone: 'No such plan',
  goneTitle: 'This plan is not there',
  goneLead: 'It was removed, or you no longer have access to its household.',
  goneMeanwhile: 'This plan was removed, or your access to it has ended. What you typed is still here, but cannot be stored.',
  toPlans: 'To all plans',
  viewer: 'You can look at this plan. Only owners and editors of the household can change it.',
}
