import { parseMoney, parseNumber, parsePercent } from '../../components/parse-figure.ts'
import type { InputBody } from '../inputs/requests.ts'
import { ageOn } from '../years.ts'
import { type AnswerName, type Answers, peopleOf } from './answers.ts'
import { assumed, made } from '#messages/plan-new'
import { states } from '#messages/states'

/** An input of the plan, with the answer that each of its fields comes from. */
export interface MadeInput {
  readonly body: InputBody
  /** By the first part of the field’s path. */
  readonly answers: Readonly<Record<string, AnswerName>>
}

export interface MadePlan {
  readonly name: string
  readonly planningHorizonYears: number
  readonly inputs: readonly MadeInput[]
  /** What the plan takes for granted, in sentences. */
  readonly assumptions: readonly string[]
}

export interface PlanOptions {
  readonly locale: string
  /** First day of the plan. */
  readonly asOfDate: string
  /** Whether the assumption set has cash as an asset class. */
  readonly knowsCash: boolean
}

const usualAge = 45
const usualLife = 95
const oldest = 119

/** Twelve times an amount, exactly. */
export const timesTwelve = (amount: string): string => {
  const [whole = '', fraction = ''] = amount.split('.')
  const digits = (BigInt(whole + fraction) * 12n).toString().padStart(fraction.length + 1, '0')
  return fraction === '' ? digits : `${digits.slice(0, -fraction.length)}.${digits.slice(-fraction.length)}`
}

/** The payments of a year for a debt without a given payment: one per cent of it each month, in whole cents. */
const usualPayment = (balance: string): string => (parsePercent(timesTwelve(balance), 'en-US') ?? '0').replace(/(\.\d\d)\d+$/, '$1')

interface Person {
  readonly number: 1 | 2
  readonly name: string
  readonly birthDate: string
  readonly age: number
  readonly retires: number
  readonly livesTo: number
}

const readPerson = (answers: Answers, number: 1 | 2, { asOfDate, locale }: PlanOptions): Person => {
  const given = answers[`birthDate${number}`]
  const birthDate = given === '' ? `${Number(asOfDate.slice(0, 4)) - usualAge}-01-01` : given
  const age = ageOn(birthDate, asOfDate)
  return {
    number,
    name: answers[`name${number}`].trim() || made.person(number),
    birthDate,
    age,
    retires: Number(parseNumber(answers[`retires${number}`], locale)),
    livesTo: Math.min(oldest, Math.max(usualLife, age + 5)),
  }
}

/** The inputs that the answers make, with sensible values for what was left open. */
export const planOf = (answers: Answers, options: PlanOptions): MadePlan => {
  const { locale } = options
  const people = peopleOf(answers).map(number => readPerson(answers, number, options))
  const inputs: MadeInput[] = []
  const taken = new Set<string>()
  const amount = (name: AnswerName): string | undefined => {
    const parsed = parseMoney(String(answers[name]), locale)
    return parsed === undefined || Number(parsed) === 0 ? undefined : parsed
  }
  /** Adds an input under a name that no other has. Returns the name. */
  const add = (
    inputType: InputBody['inputType'],
    wanted: string,
    inputValue: object,
    from: Readonly<Record<string, AnswerName>>,
  ): string => {
    let inputName = wanted
    for (let number = 2; taken.has(inputName); number++) inputName = `${wanted} ${number}`
    taken.add(inputName)
    inputs.push({ body: { inputType, inputName, inputValue }, answers: from })
    return inputName
  }
  const owned = (thing: string, person: string) => (people.length === 1 ? thing : made.of(thing, person))
  const yearly = (name: AnswerName, unit: string) => {
    const each = amount(name)
    return each !== undefined && unit === 'month' ? timesTwelve(each) : each
  }

  for (const { birthDate, livesTo, name, number, retires } of people) {
    const monthlyAmount = amount(`socialSecurity${number}`)
    const claimingAgeMonths = Number(answers[`claims${number}`]) * 12
    add(
      'person',
      name,
      {
        birthDate,
        retirementAge: retires,
        lifespan: { kind: 'fixed', age: livesTo },
        ...(monthlyAmount === undefined ? {} : { socialSecurity: { benefit: { kind: 'pia', monthlyAmount }, claimingAgeMonths } }),
      },
      {
        inputName: `name${number}`,
        birthDate: `birthDate${number}`,
        retirementAge: `retires${number}`,
        socialSecurity: `socialSecurity${number}`,
      },
    )
  }

  const accounts = new Map<string, string>()
  const account = (answer: AnswerName, name: string, value: object, opened = amount(answer)) => {
    if (opened !== undefined && !accounts.has(answer))
      accounts.set(answer, add('account', name, { ...value, balance: opened }, { balance: answer, basis: 'taxableBasis' }))
  }
  const saving = yearly('saving', answers.savingUnit)
  const isWorking = people.some(({ number }) => amount(`wages${number}`) !== undefined)
  /** An account that money goes into exists, even if it is empty. */
  const opened = (answer: AnswerName) => amount(answer) ?? (saving !== undefined && answers.savingInto === answer ? '0' : undefined)
  for (const { name, number } of people) {
    const owner = { owner: name }
    const retirement = { kind: 'traditional', ...owner }
    account(`employer${number}`, owned(made.employer, name), { ...retirement, employerPlan: true }, opened(`employer${number}`))
    account(`ira${number}`, owned(made.ira, name), retirement, opened(`ira${number}`))
    account(`roth${number}`, owned(made.roth, name), { kind: 'roth', ...owner }, opened(`roth${number}`))
    account(`hsa${number}`, owned(made.hsa, name), { kind: 'hsa', ...owner }, opened(`hsa${number}`))
  }
  const basis = amount('taxableBasis')
  // It receives what is left over, so that every plan has one.
  account('taxable', made.taxable, basis === undefined ? {} : { basis }, opened('taxable') ?? '0')
  account('cash', made.cash, options.knowsCash ? { allocation: [{ year: 0, weights: { cash: 1 } }] } : {}, opened('cash'))
  account('college', made.college, { kind: 'education_529' }, opened('college'))

  const home = amount('home')
  if (home !== undefined) add('property', made.home, { value: home, basis: home, primaryResidence: true }, { value: 'home', basis: 'home' })
  for (const debt of ['mortgage', 'debt'] as const) {
    const balance = amount(debt)
    if (balance === undefined) continue
    const annualRate = Number(parsePercent(answers[`${debt}Rate`], locale) ?? 0)
    const annualPayment = yearly(`${debt}Payment`, 'month') ?? usualPayment(balance)
    add(
      'debt',
      made[debt],
      { balance, annualRate, annualPayment },
      { balance: debt, annualRate: `${debt}Rate`, annualPayment: `${debt}Payment` },
    )
  }

  for (const { age, name, number } of people) {
    const wages = amount(`wages${number}`)
    if (wages !== undefined)
      add('income', owned(made.wages, name), { annualAmount: wages, person: name }, { annualAmount: `wages${number}` })
    const pension = amount(`pension${number}`)
    const startYear = Math.max(0, Number(parseNumber(answers[`pensionAge${number}`], locale)) - age)
    if (pension !== undefined)
      add(
        'pension',
        owned(made.pension, name),
        { annualAmount: pension, person: name, startYear },
        { annualAmount: `pension${number}`, startYear: `pensionAge${number}` },
      )
  }
  const savedInto = accounts.get(answers.savingInto)
  if (saving !== undefined && savedInto !== undefined)
    add('contribution', made.saving, { annualAmount: saving, account: savedInto }, { annualAmount: 'saving', account: 'savingInto' })

  const firstRetirement = Math.max(0, Math.min(...people.map(({ age, retires }) => retires - age)))
  const startYear = isWorking ? 0 : firstRetirement
  const [needs, extras] = [yearly('needs', answers.unit), yearly('extras', answers.unit)]
  if (needs !== undefined) add('expense', made.needs, { annualAmount: needs, startYear }, { annualAmount: 'needs' })
  if (extras !== undefined) add('expense', made.extras, { annualAmount: extras, essential: false, startYear }, { annualAmount: 'extras' })
  add('spending_policy', made.rule, { rule: { kind: answers.rule } }, { rule: 'rule' })
  const state = Object.hasOwn(states, answers.state) ? answers.state : undefined
  add('tax_settings', made.taxes, state === undefined ? {} : { state }, { state: 'state' })

  const planningHorizonYears = Math.max(...people.map(({ age, livesTo }) => livesTo - age + 1))
  const youngest = people.toSorted((a, b) => a.age - b.age)[0]!
  return {
    name: answers.planName.trim() || made.planName(String(people[0]!.retires)),
    planningHorizonYears,
    inputs,
    assumptions: [
      ...people.filter(({ number }) => answers[`birthDate${number}`] === '').map(({ name }) => assumed.age(name)),
      assumed.horizon(planningHorizonYears, youngest.livesTo),
      ...(state === undefined ? [assumed.noState] : []),
      ...([...accounts.keys()].every(answer => amount(answer as AnswerName) === undefined) ? [assumed.noAccount] : []),
      ...(amount('taxable') === undefined ? [assumed.emptyBrokerage] : []),
      ...(isWorking || firstRetirement === 0 ? [] : [assumed.noWages]),
      ...people.filter(({ number }) => amount(`socialSecurity${number}`) === undefined).map(({ name }) => assumed.noSocialSecurity(name)),
      ...(needs === undefined && extras === undefined ? [assumed.noSpending] : []),
      ...(answers.rule === 'constant_real' ? [assumed.steady] : []),
    ],
  }
}

/** The answer that a field of a request comes from: `body.inputValue.balance` of an input, or `inputs.<name>.balance` of the plan. */
export const answerOf = (path: string, { inputs }: MadePlan, sent?: MadeInput): AnswerName | undefined => {
  const found = sent ?? inputs.find(({ body }) => path.startsWith(`inputs.${body.inputName}.`))
  if (!found) return path === 'body.name' ? 'planName' : undefined
  const field = sent ? path.replace(/^body\.(inputValue\.)?/, '') : path.slice(`inputs.${found.body.inputName}.`.length)
  return found.answers[field.split('.')[0] ?? '']
}
