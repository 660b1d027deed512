import type { Look } from '../../shell/preferences.ts'
import { actionBody, actionRow, actionsOf, emptyAction, isActionFilled } from './action-rows.ts'
import { conditionBody, conditionRow, conditionsOf, emptyCondition, isConditionFilled } from './condition-rows.ts'
import type { Rule, RuleBody } from './rule-body.ts'
import type { RuleNames } from './use-rule-names.ts'
import { form as words } from '#messages/rules'

/** The fields of the form. Rows are kept as text, so that a draft can be stored. */
export type RuleValues = Readonly<Record<'name' | 'match' | 'conditions' | 'actions', string>> & {
  readonly isActive: boolean
  readonly stopAfter: boolean
}

export const valuesOf = ({ actions, conditions, isActive, match, name, stopAfter }: Rule, look: Look, names: RuleNames): RuleValues => ({
  name,
  match,
  isActive,
  stopAfter,
  conditions: JSON.stringify(conditions.map(condition => conditionRow(condition, look))),
  actions: JSON.stringify(actions.map(action => actionRow(action, look, names))),
})

export const newValues: RuleValues = {
  name: '',
  match: 'all',
  isActive: true,
  stopAfter: false,
  conditions: JSON.stringify([emptyCondition]),
  actions: JSON.stringify([emptyAction]),
}

export const bodyOf = (values: RuleValues, look: Look): RuleBody => ({
  name: values.name.trim(),
  match: values.match === 'any' ? 'any' : 'all',
  isActive: values.isActive,
  stopAfter: values.stopAfter,
  conditions: conditionsOf(values.conditions).map(row => conditionBody(row, look)),
  actions: actionsOf(values.actions).map(row => actionBody(row, look)),
})

/** Whether every row of the rule is filled in, so that it can be previewed. */
export const isComplete = (values: RuleValues, look: Look): boolean => {
  const actions = actionsOf(values.actions)
  return actions.length > 0 && actions.every(row => isActionFilled(row, look)) && conditionsOf(values.conditions).every(isConditionFilled)
}

export const checkRule = (values: RuleValues) => ({
  name: values.name.trim() === '' ? words.nameMissing : undefined,
  actions: actionsOf(values.actions).length === 0 ? words.needsAction : undefined,
})

/** Errors of rows are shown under the rows. */
export const fieldOf = (path: string): string => /^body\.(\w+)/.exec(path)?.[1] ?? path
