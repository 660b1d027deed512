import type { PlanInput } from './requests.ts'

/** Whether a plan is simulated account by account with taxes and benefits: one input that needs it is enough. */
export const isHousehold = (inputs: readonly Pick<PlanInput, 'inputType'>[]): boolean =>
  inputs.some(({ inputType }) => !['person', 'account', 'contribution', 'withdrawal'].includes(inputType))
