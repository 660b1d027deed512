import type { TransactionCategory } from '../categories.ts'

/** Words of categories in other programs, in lower case. Only clear ones: a label that is not here has no category. */
const words: Readonly<Record<Exclude<TransactionCategory, 'other'>, string>> = {
  food_and_drink:
    'food|food & dining|food and drink|groceries|daily groceries|grocery|supermarket|restaurants|restaurant|coffee|coffee shops|fast food|dining|dining out|drinks|alcohol & bars|junk food|lebensmittel|essen|courses|alimentation|boodschappen|supermercado|jedzenie',
  shopping:
    'shopping|clothing|clothes|electronics|electronics & software|books|sporting goods|general merchandise|kleidung|vêtements|ropa|kleding|zakupy|pets|cats',
  transportation:
    'transportation|transport|auto & transport|car|automobile|gas|gas & fuel|fuel|parking|public transportation|taxi|ride share|auto|coche|voiture|samochód',
  travel: 'travel|hotel|hotels|air travel|flights|vacation|holidays|rental car & taxi|reise|reisen|urlaub|voyage|viajes|reizen|podróże',
  entertainment:
    'entertainment|movies|movies & dvds|music|games|arts|amusement|streaming|freizeit|unterhaltung|loisirs|ocio|vrije tijd|rozrywka|going out',
  health_and_fitness:
    'health|health & fitness|medical|medicine|doctor|dentist|pharmacy|gym|fitness|sports|healthcare|gesundheit|santé|salud|gezondheid|zdrowie',
  home_improvement: 'home improvement|furnishings|home & garden|lawn & garden|home supplies|household|haushalt|wohnen',
  personal_care: 'personal care|hair|haircare|spa & massage|laundry|körperpflege',
  education: 'education|tuition|school|student loan fees|books & supplies|bildung|éducation|educación|onderwijs|edukacja',
  business_services: 'business services|office supplies|advertising|legal|printing|shipping',
  government_services:
    'taxes|tax|federal tax|state tax|property tax|government|government services|steuern|impôts|impuestos|belastingen|podatki',
  transfer: 'transfer|transfers|internal transfer|account transfer|umbuchung|virement interne|traspaso|przelew własny',
  payment:
    'payment|bills|bills & utilities|utilities|rent|mortgage & rent|mortgage|mobile phone|cell phone|internet|insurance|auto insurance|credit card payment|loan|loan payment|student loans|electricity|water|house|miete|strom|versicherung|loyer|alquiler|huur|czynsz',
  income:
    'income|salary|paycheck|wages|bonus|interest income|dividend income|reimbursement|reimbursements|gehalt|lohn|salaire|nómina|salaris|wynagrodzenie',
  investment: 'investment|investments|stocks|bonds|buy|brokerage|wertpapiere',
}

const categories: ReadonlyMap<string, TransactionCategory> = new Map(
  Object.entries(words).flatMap(([category, list]) => list.split('|').map(word => [word, category as TransactionCategory] as const)),
)

const known: ReadonlySet<string> = new Set(Object.keys(words))

/**
 * The category of a label of another program; undefined if it is not clear. Of a path like `Food:Groceries`, the last part that is clear counts.
 */
export const categoryOfLabel = (label: string | undefined): TransactionCategory | undefined => {
  if (label === undefined) return undefined
  const text = label.toLowerCase().trim()
  if (known.has(text)) return text as TransactionCategory
  if (text === 'other') return 'other'
  for (const part of [text, ...text.split(/\s*[:/>]\s*/).toReversed()]) {
    const category = categories.get(part)
    if (category !== undefined) return category
  }
  return undefined
}
