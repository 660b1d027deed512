import type { ApiAnswer, ApiItem } from '../../../lambdas/api-types.ts'

export type SetSummary = ApiItem<'GET /v1/planning/assumption-sets'>
export type AssumptionSet = ApiAnswer<'GET /v1/planning/assumption-sets/{assumptionSetId}'>
export type PortfolioModel = ApiAnswer<'GET /v1/planning/portfolio-models/{portfolioModelId}'>
export type Stage = SetSummary['status']

/** The stages that a set can move to, the usual one first. A test compares them with those that the server accepts. */
export const nextStages: Readonly<Record<Stage, readonly Stage[]>> = {
  draft: ['in_review', 'retired'],
  in_review: ['approved', 'draft', 'retired'],
  approved: ['retired'],
  retired: [],
}
