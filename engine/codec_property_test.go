package engine

import (
	"fmt"
	"math/rand"
	"reflect"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/leanovate/gopter"
	"github.com/leanovate/gopter/gen"
	"github.com/leanovate/gopter/prop"

	"example.com/spillway/money"
	"example.com/spillway/rules"
)

func TestWhatIsEncodedDecodesToTheSame(t *testing.T) {
	properties := gopter.NewProperties(gopter.DefaultTestParametersWithSeed(1))
	currency, _ := money.Lookup("USD")
	properties.Property("a request", prop.ForAll(func(seed int64) (string, error) {
		r := rand.New(rand.NewSource(seed))
		account, payment := randomAccount(r, "a", 0), randomPayment(r)
		gotAccount, gotPayment, err := decodeText(encodeRequest(&account, &payment, currency), currency)
		if err != nil {
			return "", err
		}
		return cmp.Diff(account, gotAccount, exactly) + cmp.Diff(payment, gotPayment, exactly), nil
	}, gen.Int64()))
	properties.TestingRun(t)
}

// exactly compares what is unexported too.
var exactly = cmp.Exporter(func(reflect.Type) bool { return true })

func encodeRequest(account *Account, payment *Payment, currency money.Currency) []byte {
	doc := account.AppendJSON([]byte(`{"account":`), currency)
	doc = payment.AppendJSON(append(doc, `,"payment":`...), currency)
	return append(doc, '}')
}

func decodeText(src []byte, currency money.Currency) (Account, Payment, error) {
	n, err := rules.ParseDocument("request", src)
	if err != nil {
		return Account{}, Payment{}, err
	}
	return DecodeRequest(n, currency)
}

func randomAccount(r *rand.Rand, id string, depth int) Account {
	a := Account{
		ID:          id,
		Program:     randomText(r),
		Kind:        randomText(r),
		CreditLimit: maybe(r, randomAmount),
		CreditHeld:  randomAmount(r) * Amount(r.Intn(2)),
		MinimumDue:  maybe(r, randomAmount),
		DaysPastDue: r.Intn(3) * r.Intn(100),
		RollsUp:     RollsUp(r.Intn(3)),
		Facts:       randomFacts(r),
	}
	for i := range r.Intn(4) {
		a.Balances = append(a.Balances, randomBalance(r, fmt.Sprint("b", i)))
	}
	for i := range r.Intn(3 - depth) {
		a.Children = append(a.Children, randomAccount(r, fmt.Sprint(id, ".", i), depth+1))
	}
	return a
}

func randomBalance(r *rand.Rand, bucket string) Balance {
	return Balance{
		Bucket:    bucket,
		Component: "c" + randomText(r),
		Owed:      randomAmount(r),
		Due:       maybe(r, randomAmount),
		PastDue:   maybe(r, randomAmount),
		DueDate:   randomDate(r) * Date(r.Intn(2)),
		APR:       maybe(r, randomRate),
		Facts:     randomFacts(r),
	}
}

func randomPayment(r *rand.Rand) Payment {
	p := Payment{
		ID:      randomText(r),
		Amount:  randomAmount(r),
		Date:    randomDate(r),
		Type:    randomText(r),
		Account: randomText(r),
		Status:  Status(r.Intn(int(ChargedBack) + 1)),
		Mode:    Mode(r.Intn(2)),
		Method:  randomText(r),
		Fee:     maybe(r, randomTerms),
		Split:   maybe(r, randomSplit),
		Extra:   randomText(r),
		Facts:   randomFacts(r),
	}
	for _, key := range []string{"payoff", "recovery", "reset_past_due", "early", "ignore_guardrails"} {
		*p.flag(key) = r.Intn(2) == 0
	}
	for range r.Intn(3) {
		p.Directed = append(p.Directed, Direction{Bucket: "b" + randomText(r), Component: randomText(r), Amount: randomAmount(r)})
	}
	return p
}

func randomTerms(r *rand.Rand) FeeTerms {
	return FeeTerms{Type: FeeType(r.Intn(int(Sum) + 1)), Flat: randomAmount(r), Percentage: randomRate(r)}
}

func randomSplit(r *rand.Rand) SplitTerms {
	if r.Intn(2) == 0 {
		return SplitTerms{Type: "t" + randomText(r)}
	}
	return SplitTerms{Amounts: []SplitAmount{{"a", randomAmount(r)}, {"a/" + randomText(r), randomAmount(r)}}}
}

func randomFacts(r *rand.Rand) (facts Facts) {
	for i := range r.Intn(3) {
		values := []Value{{}, TextValue(randomText(r)), BoolValue(r.Intn(2) == 0), NumberValue("-12.50"), NumberValue("7")}
		facts = append(facts, Fact{fmt.Sprint(i, randomText(r)), values[r.Intn(len(values))]})
	}
	return facts
}

// randomText is often empty, and sometimes made of what JSON has to escape.
func randomText(r *rand.Rand) string {
	texts := []string{"", "", "", "plain", `say "no"\`, "a\tb\nc\x01\x7f", "Zinsen <&> é 語 \u2028", "null", "12", "~", "{"}
	return texts[r.Intn(len(texts))]
}

func randomAmount(r *rand.Rand) Amount { return Amount(r.Int63n(int64(money.Max)+1) >> r.Intn(50)) }
func randomRate(r *rand.Rand) Rate     { return Rate(r.Int63n(int64(money.MaxRate)+1) >> r.Intn(50)) }
func randomDate(r *rand.Rand) Date     { return Date(1 + r.Intn(int(rules.MaxDate))) }

func maybe[T any](r *rand.Rand, random func(*rand.Rand) T) Opt[T] {
	if r.Intn(2) == 0 {
		return Opt[T]{}
	}
	return Some(random(r))
}
