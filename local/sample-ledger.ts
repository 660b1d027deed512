import type { Client } from '../web/client/client.ts'
import { addDays, addMonths, type CalendarDate, dayOfWeek, firstDayOfMonth, lastDayOfMonth, monthOf } from '../domain/shared/index.ts'
import { sampleTradeFiles } from './sample-trades.ts'

interface Entry {
  readonly date: CalendarDate
  readonly payee: string
  readonly cents: number
  readonly label: string
}

const months = 12
const lastCard = -128_437

/** A figure between 0 and `range` that looks arbitrary and is always the same for a number. */
const vary = (number: number, range: number): number => ((number * 7919 + 104_729) % 9973) % range

/** The month `index` months after the first one, and a day of it. */
const dayOf = (first: CalendarDate, index: number, day: number): CalendarDate => addDays(addMonths(first, index), day - 1)

const groceries = ['Corner Market', 'Green Basket', 'Harvest Foods'] as const
const restaurants = ['Noodle House', 'Trattoria Lucia', 'Harbor Grill', 'Taco Corner'] as const

/** What the card paid for: groceries and a restaurant every week, and what comes once a month or a year. */
const cardEntries = (first: CalendarDate, today: CalendarDate): Entry[] => {
  const entries: Entry[] = []
  const pay = (date: CalendarDate, payee: string, cents: number, label: string) => entries.push({ date, payee, cents: -cents, label })
  const saturday = addDays(first, (6 - dayOfWeek(first) + 7) % 7)
  for (let week = 0; addDays(saturday, 7 * week) <= today; week += 1) {
    const date = addDays(saturday, 7 * week)
    pay(date, groceries[week % groceries.length]!, 14_400 + vary(week, 8200), 'Groceries')
    pay(addDays(date, -2), restaurants[week % restaurants.length]!, 4200 + vary(week + 500, 5600), 'Restaurants')
    if (week % 2 === 0) pay(addDays(date, -4), 'Fuel Stop', 4100 + vary(week + 900, 1500), 'Gas & Fuel')
  }
  for (let index = 0; index <= months; index += 1) {
    pay(dayOf(first, index, 3), 'Stream Box', 1899, 'Streaming')
    pay(dayOf(first, index, 9), 'Fit Studio', 5900, 'Gym')
    pay(dayOf(first, index, 14), 'Village Pharmacy', 1200 + vary(index + 40, 4300), 'Pharmacy')
    pay(dayOf(first, index, 21), 'Book & Paper', 2400 + vary(index + 70, 6100), 'Books')
  }
  pay(dayOf(first, 4, 11), 'Pacific Airways', 118_640, 'Air Travel')
  pay(dayOf(first, 6, 18), 'Hotel Miramar', 94_215, 'Hotel')
  pay(dayOf(first, 8, 6), 'Winter Outfitters', 21_990, 'Clothing')
  entries.push({ date: dayOf(first, 8, 15), payee: 'Winter Outfitters', cents: 21_990, label: 'Shopping' })
  return entries
}

/** The payments of the card: each month what was owed at the end of the month before. */
const cardPayments = (first: CalendarDate, purchases: readonly Entry[]): Entry[] => {
  let owed = lastCard
  return Array.from({ length: months + 1 }, (_, index) => {
    const month = monthOf(addMonths(first, index))
    const payment = { date: dayOf(first, index, 24), payee: 'Card payment', cents: -owed, label: 'Transfer' }
    owed = purchases.filter(({ date }) => monthOf(date) === month).reduce((sum, { cents }) => sum + cents, 0)
    return payment
  })
}

/** Salaries twice a month, the mortgage, bills, and what goes to the savings, the brokerage and the card. */
const checkingEntries = (first: CalendarDate, payments: readonly Entry[], transfers: readonly Entry[]): Entry[] =>
  Array.from({ length: months + 1 }, (_, index): Entry[] => {
    const at = (day: number, payee: string, cents: number, label: string): Entry => ({
      date: dayOf(first, index, day),
      payee,
      cents,
      label,
    })
    const last = lastDayOfMonth(monthOf(addMonths(first, index)))
    return [
      at(1, 'First Harbor Mortgage', -264_000, 'Mortgage'),
      at(5, 'Hillside Insurance', -14_820, 'Auto Insurance'),
      at(8, 'City Light and Power', -9_600 - vary(index, 7400), 'Electricity'),
      at(11, 'Water Works', -6140, 'Water'),
      at(12, 'Fiber Internet', -7999, 'Internet'),
      at(15, 'Alex Salary', 335_000, 'Salary'),
      at(15, 'Robin Salary', 189_040, 'Salary'),
      at(18, 'Mobile Two Lines', -9600, 'Mobile Phone'),
      at(17, 'College fund', -80_000, 'Investments'),
      at(19, 'Summit Roth IRA', -58_300, 'Investments'),
      at(20, 'Summit Brokerage', -180_000, 'Investments'),
      at(25, 'Cash machine', -16_000, 'Other'),
      { date: last, payee: 'Alex Salary', cents: 335_000, label: 'Salary' },
      { date: last, payee: 'Robin Salary', cents: 189_040, label: 'Salary' },
    ]
  })
    .flat()
    .concat(
      [4, 10].map(index => ({ date: dayOf(first, index, 9), payee: 'County property tax', cents: -310_000, label: 'Property Tax' })),
      { date: dayOf(first, 3, 27), payee: 'Bright Windows', cents: -420_000, label: 'Home Improvement' },
      [...payments, ...transfers].map(({ cents, ...entry }) => ({ ...entry, cents: -cents })),
    )

/** What goes to the savings each month, and once from them. */
const savingsTransfers = (first: CalendarDate): Entry[] => [
  ...Array.from({ length: months + 1 }, (_, index) => ({
    date: dayOf(first, index, 16),
    payee: 'Transfer to savings',
    cents: 150_000,
    label: 'Transfer',
  })),
  { date: dayOf(first, 3, 26), payee: 'Transfer from savings', cents: -350_000, label: 'Transfer' },
]

const interest = (first: CalendarDate): Entry[] =>
  Array.from({ length: months + 1 }, (_, index) => ({
    date: lastDayOfMonth(monthOf(addMonths(first, index))),
    payee: 'Interest',
    cents: 7145 + 310 * index,
    label: 'Interest Income',
  }))

const textOf = (cents: number): string => {
  const digits = String(Math.abs(cents)).padStart(3, '0')
  return `${cents < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`
}

const csvOf = (entries: readonly Entry[], first: CalendarDate, today: CalendarDate): string =>
  [
    'Date,Description,Category,Amount',
    ...entries
      .filter(({ date }) => date >= first && date <= today)
      .toSorted((one, other) => (one.date < other.date ? -1 : Number(one.date > other.date)))
      .map(({ cents, date, label, payee }) => [date, payee, label, textOf(cents)].join(',')),
  ].join('\n')

/** The file of each account: transactions of twelve months and of the current one, up to today. Depends on nothing but the day. */
export const sampleFiles = (today: CalendarDate): ReadonlyMap<string, string> => {
  const first = addMonths(firstDayOfMonth(monthOf(today)), -months)
  const purchases = cardEntries(first, today)
  const payments = cardPayments(first, purchases)
  const transfers = savingsTransfers(first)
  return new Map([
    ['Joint checking', csvOf(checkingEntries(first, payments, transfers), first, today)],
    ['Rainy-day savings', csvOf([...transfers, ...interest(first)], first, today)],
    ['Travel card', csvOf([...purchases, ...payments], first, today)],
  ])
}

const importFile = async (api: Client, householdId: string, fileName: string, text: string, accountId: string): Promise<void> => {
  const bytes = new TextEncoder().encode(text)
  const { id: importId } = await api('POST /v1/wealth/imports', { body: { householdId, fileName, sizeBytes: bytes.length } })
  await api('PUT /v1/wealth/imports/{importId}/parts/{part}', {
    params: { importId, part: '0' },
    text: bytes,
    mediaType: 'application/octet-stream',
  })
  const body = { accounts: [{ key: '*', accountId }] }
  const preview = await api('POST /v1/wealth/imports/{importId}/preview', { params: { importId }, body })
  await api('POST /v1/wealth/imports/{importId}/commit', { params: { importId }, body, ifMatch: preview.import.version })
}

/** Imports a year of transactions, and three years of trades, into the accounts of the sample household. A file that was imported before is left, also if that was undone. */
export const addSampleLedger = async (api: Client, householdId: string, today: CalendarDate): Promise<void> => {
  const query = { householdId, limit: 200 }
  const [{ items: accounts }, { items: imports }] = await Promise.all([
    api('GET /v1/wealth/accounts', { query }),
    api('GET /v1/wealth/imports', { query }),
  ])
  const done = new Set(imports.filter(({ status }) => status !== 'open').map(({ fileName }) => fileName))
  const missing = [...sampleFiles(today), ...sampleTradeFiles(today)].filter(([name]) => !done.has(`${name}.csv`))
  await Promise.all(
    missing.map(async ([name, text]) => {
      const account = accounts.find(each => each.name === name)
      if (account) await importFile(api, householdId, `${name}.csv`, text, account.id)
    }),
  )
}
