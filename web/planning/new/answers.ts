import { parseMoney, parseNumber, parsePercent } from '../../components/parse-figure.ts'
import { ageOn } from '../years.ts'
import { planNew as m } from '#messages/plan-new'
import { form } from '#messages/shell'

/** Answers that each person has, with the number of the person at the end of the name. */
const personal = [
  'name',
  'birthDate',
  'retires',
  'employer',
  'ira',
  'roth',
  'hsa',
  'wages',
  'socialSecurity',
  'claims',
  'pension',
  'pensionAge',
] as const
type Personal = (typeof personal)[number]
type PersonalName = `${Personal}${1 | 2}`

const common = [
  'state',
  'taxable',
  'taxableBasis',
  'cash',
  'college',
  'risk',
  'home',
  'mortgage',
  'mortgageRate',
  'mortgagePayment',
  'debt',
  'debtRate',
  'debtPayment',
  'saving',
  'savingUnit',
  'savingInto',
  'needs',
  'extras',
  'unit',
  'rule',
  'planName',
  'step',
] as const

/** The answers to all questions, as they were typed, and the question that is shown. */
export type Answers = Readonly<Record<PersonalName | (typeof common)[number], string>> & { readonly couple: boolean }
export type AnswerName = keyof Answers

const person = {
  name: '',
  birthDate: '',
  retires: '67',
  employer: '',
  ira: '',
  roth: '',
  hsa: '',
  wages: '',
  socialSecurity: '',
  claims: '67',
  pension: '',
  pensionAge: '65',
}

export const noAnswers: Answers = {
  ...(Object.fromEntries(([1, 2] as const).flatMap(number => personal.map(name => [`${name}${number}`, person[name]] as const))) as Record<
    PersonalName,
    string
  >),
  ...(Object.fromEntries(common.map(name => [name, ''])) as Record<(typeof common)[number], string>),
  couple: false,
  risk: '6',
  mortgageRate: '6',
  debtRate: '8',
  savingUnit: 'year',
  savingInto: 'employer1',
  unit: 'month',
  rule: 'constant_real',
  step: '0',
}

/** The numbers of the people of the plan. */
export const peopleOf = ({ couple }: Pick<Answers, 'couple'>): readonly (1 | 2)[] => (couple ? [1, 2] : [1])

const each = (numbers: readonly (1 | 2)[], ...names: readonly Personal[]): AnswerName[] =>
  numbers.flatMap(number => names.map((name): AnswerName => `${name}${number}`))

/** The answers of each question. */
export const questionAnswers = (answers: Answers): readonly (readonly AnswerName[])[] => {
  const people = peopleOf(answers)
  return [
    ['couple', ...each(people, 'name', 'birthDate', 'retires')],
    ['state'],
    [
      ...each(people, 'employer', 'ira', 'roth', 'hsa'),
      ...(['taxable', 'taxableBasis', 'cash', 'college', 'risk', 'home'] as const),
      ...(['mortgage', 'mortgageRate', 'mortgagePayment', 'debt', 'debtRate', 'debtPayment'] as const),
    ],
    [...each(people, 'wages', 'socialSecurity', 'claims', 'pension', 'pensionAge'), 'saving', 'savingUnit', 'savingInto'],
    ['needs', 'extras', 'unit', 'rule'],
    ['planName'],
  ]
}

/** The question of an answer. */
export const questionOf = (answers: Answers, name: string): number =>
  Math.max(
    0,
    questionAnswers(answers).findIndex(names => names.some(each => each === name)),
  )

const money =
  /^(employer|ira|roth|hsa|wages|socialSecurity|pension)\d$|^(taxable|taxableBasis|cash|college|home|mortgage|mortgagePayment|debt|debtPayment|saving|needs|extras)$/
const percent = /^(mortgage|debt)Rate$/
const age = /^(retires|claims|pensionAge)\d$/

const faultOf = (name: AnswerName, text: string, { locale, today }: CheckOptions): string | undefined => {
  if (/^name\d$/.test(name) && text.trim().length > 100) return m.tooLong
  if (/^birthDate\d$/.test(name) && text !== '') {
    const years = ageOn(text, today)
    return years < 0 ? m.bornLater : years >= 119 ? m.tooOld : undefined
  }
  if (age.test(name)) {
    const years = Number(parseNumber(text, locale) ?? Number.NaN)
    return Number.isInteger(years) && years >= 1 && years <= 100 ? undefined : m.wrongAge
  }
  if (text.trim() === '') return undefined
  if (money.test(name)) return parseMoney(text, locale) === undefined ? form.notMoney : undefined
  if (percent.test(name)) return parsePercent(text, locale) === undefined ? form.notPercent : undefined
  return undefined
}

export interface CheckOptions {
  readonly locale: string
  /** Today, for birth dates. */
  readonly today: string
}

/** What the browser can know to be wrong, by answer. An answer that is left open is never wrong. */
export const checkAnswers = (answers: Answers, options: CheckOptions): Readonly<Record<string, string>> => {
  const faults = questionAnswers(answers)
    .flat()
    .flatMap((name): (readonly [string, string])[] => {
      const fault = faultOf(name, String(answers[name]), options)
      return fault === undefined ? [] : [[name, fault]]
    })
  const isSame = answers.couple && answers.name1.trim() !== '' && answers.name1.trim() === answers.name2.trim()
  return Object.fromEntries([...faults, ...(isSame ? [['name2', m.sameName] as const] : [])])
}
