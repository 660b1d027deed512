import type { PageDeclaration } from '../shell/page-declaration.ts'
import { titles as review } from '#messages/review'
import { titles as rules } from '#messages/rules'
import { titles } from '#messages/accounts'
import { titles as categories } from '#messages/categories'
import { title as connections } from '#messages/connections'
import { titles as health } from '#messages/data-health'
import { titles as estate } from '#messages/estate'
import { titles as unrealised } from '#messages/unrealised'
import { titles as goals } from '#messages/goals'
import { titles as choices } from '#messages/lot-choices'
import { titles as lots } from '#messages/lots'
import { titles as imports } from '#messages/import'
import { titles as people } from '#messages/people'
import { titles as portfolios } from '#messages/portfolios'
import { title as rebalancing } from '#messages/rebalancing'
import { titles as register } from '#messages/register'
import { form as brokerForm } from '#messages/broker-form'
import { lines as gainLines } from '#messages/gains'
import { titles as taxes } from '#messages/taxes'

export const wealthPages: readonly PageDeclaration[] = [
  {
    path: '/people',
    title: people.people,
    load: () => import('./people-page.tsx'),
    navigation: { group: 'household', icon: 'people' },
    shortcut: 'h',
  },
  { path: '/people/new', title: people.newPerson, load: () => import('./person-page.tsx') },
  { path: '/people/:personId', title: people.person, load: () => import('./person-page.tsx') },
  {
    path: '/estate',
    title: estate.estate,
    load: () => import('./estate-page.tsx'),
    navigation: { group: 'household', icon: 'archive' },
    shortcut: 'e',
  },
  {
    path: '/accounts',
    title: titles.accounts,
    load: () => import('./accounts-page.tsx'),
    navigation: { group: 'money', icon: 'accounts' },
    shortcut: 'b',
  },
  { path: '/accounts/new', title: titles.newAccount, load: () => import('./new-account-page.tsx') },
  { path: '/accounts/import', title: imports.import, load: () => import('./import/import-page.tsx') },
  { path: '/accounts/:accountId', title: titles.account, load: () => import('./account-page.tsx') },
  { path: '/accounts/:accountId/edit', title: titles.editAccount, load: () => import('./edit-account-page.tsx') },
  {
    path: '/goals',
    title: goals.goals,
    load: () => import('./goals-page.tsx'),
    navigation: { group: 'money', icon: 'goal' },
    shortcut: 'g',
  },
  { path: '/goals/new', title: goals.newGoal, load: () => import('./goal-page.tsx') },
  { path: '/goals/:goalId', title: goals.goal, load: () => import('./goal-page.tsx') },
  {
    path: '/transactions',
    title: register.transactions,
    load: () => import('./register/transactions-page.tsx'),
    navigation: { group: 'money', icon: 'receipt' },
    shortcut: 'r',
  },
  {
    path: '/portfolios',
    title: portfolios.portfolios,
    load: () => import('./portfolios/portfolios-page.tsx'),
    navigation: { group: 'money', icon: 'portfolio' },
    shortcut: 'f',
  },
  { path: '/portfolios/new', title: portfolios.newPortfolio, load: () => import('./portfolios/new-portfolio-page.tsx') },
  { path: '/portfolios/:portfolioId', title: portfolios.portfolio, load: () => import('./portfolios/portfolio-page.tsx') },
  { path: '/portfolios/:portfolioId/edit', title: portfolios.editPortfolio, load: () => import('./portfolios/edit-portfolio-page.tsx') },
  { path: '/portfolios/:portfolioId/history', title: portfolios.history, load: () => import('./portfolios/history-page.tsx') },
  {
    path: '/portfolios/:portfolioId/rebalance',
    title: rebalancing,
    load: () => import('./rebalancing/rebalancing-page.tsx'),
  },
  {
    path: '/investments',
    title: lots.investments,
    load: () => import('./lots/investments-page.tsx'),
    navigation: { group: 'money', icon: 'plan' },
    shortcut: 'i',
  },
  { path: '/investments/wash-sales', title: lots.washSales, load: () => import('./lots/wash-sales-page.tsx') },
  { path: '/investments/gains', title: unrealised.gains, load: () => import('./lots/gains-page.tsx') },
  { path: '/investments/methods', title: choices.methods, load: () => import('./lots/methods-page.tsx') },
  { path: '/investments/:accountId/:symbol', title: lots.position, load: () => import('./lots/position-page.tsx') },
  { path: '/investments/:accountId/:symbol/sell', title: choices.sell, load: () => import('./lots/sell-page.tsx') },
  { path: '/categories', title: categories.categories, load: () => import('./categories/categories-page.tsx') },
  { path: '/accounts/:accountId/register', title: register.register, load: () => import('./register/register-page.tsx') },
  {
    path: '/wealth/connections',
    title: connections,
    load: () => import('./connections-page.tsx'),
    navigation: { group: 'money', icon: 'link' },
  },
  {
    path: '/transactions/review',
    title: review.review,
    load: () => import('./review/review-page.tsx'),
    navigation: { group: 'money', icon: 'check' },
  },
  {
    path: '/data-health',
    title: health.dataHealth,
    load: () => import('./data-health/data-health-page.tsx'),
    navigation: { group: 'money', icon: 'alert' },
    shortcut: 'd',
  },
  { path: '/rules', title: rules.rules, load: () => import('./rules/rules-page.tsx'), navigation: { group: 'money', icon: 'filter' } },
  { path: '/rules/new', title: rules.newRule, load: () => import('./rules/rule-page.tsx') },
  {
    path: '/taxes',
    title: taxes.taxes,
    load: () => import('./tax-centre/taxes-page.tsx'),
    navigation: { group: 'money', icon: 'tax' },
  },
  {
    path: '/taxes/limits',
    title: taxes.limits,
    load: () => import('./taxes/limits-page.tsx'),
    navigation: { group: 'money', icon: 'receipt' },
    shortcut: 'x',
  },
  { path: '/taxes/years/:year', title: taxes.year, load: () => import('./taxes/facts-page.tsx') },
  { path: '/taxes/:year/gains/:part', title: gainLines.title, load: () => import('./tax-centre/gains/lines-page.tsx') },
  { path: '/taxes/broker-form', title: brokerForm.title, load: () => import('./tax-centre/broker-form/broker-form-page.tsx') },
  { path: '/rules/:ruleId', title: rules.rule, load: () => import('./rules/rule-page.tsx') },
]
