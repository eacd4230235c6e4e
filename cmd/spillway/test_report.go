package main

import (
	"encoding/xml"
	"fmt"
	"io"
	"strings"

	"example.com/spillway/internal/spec"
	"example.com/spillway/rules"
)

// runsText lists the cases that failed, with what differs, and counts.
func runsText(all []fileRun) string {
	var b strings.Builder
	for _, file := range all {
		told := map[string]string{} // mistakes of a policy, and the case that they stand with
		for _, c := range file.cases {
			if !c.passed() {
				fmt.Fprintf(&b, "FAIL %s: %s\n%s", c.place(file.name), c.Name, differencesText(onceTold(c, told)))
			}
		}
	}
	passed, failed := counted(all)
	fmt.Fprintf(&b, "%d passed, %d failed\n", passed, failed)
	return b.String()
}

// place is where the case stands: in the file as a whole, when it has no line.
func (c *caseRun) place(file string) string {
	if c.At.Line == 0 {
		return file
	}
	return rules.Pos{File: file, Line: c.At.Line, Col: c.At.Col}.String()
}

// onceTold is the differences of a case, with the mistakes of a policy that a case
// before it has told in short.
func onceTold(c caseRun, told map[string]string) []spec.Difference {
	d := c.differences[0]
	if d.Key != "policy" {
		return c.differences
	}
	if first, ok := told[d.Got]; ok {
		d.Got = fmt.Sprintf("the mistakes of case %q", first)
		return []spec.Difference{d}
	}
	told[d.Got] = c.Name
	return c.differences
}

func differencesText(differences []spec.Difference) string {
	var b strings.Builder
	for _, d := range differences {
		b.WriteString("    " + strings.ReplaceAll(d.String(), "\n", "\n    ") + "\n")
	}
	return b.String()
}

type (
	runsReport struct {
		Passed int          `json:"passed"`
		Failed int          `json:"failed"`
		Cases  []caseReport `json:"cases"`
	}
	caseReport struct {
		File        string             `json:"file"`
		Line        int                `json:"line,omitempty"`
		Name        string             `json:"name"`
		Source      string             `json:"source,omitempty"`
		Passed      bool               `json:"passed"`
		Differences []differenceReport `json:"differences,omitempty"`
	}
	differenceReport struct {
		Key      string `json:"key"`
		Expected string `json:"expected"`
		Got      string `json:"got"`
	}
)

func runsJSON(all []fileRun) runsReport {
	report := runsReport{Cases: []caseReport{}}
	report.Passed, report.Failed = counted(all)
	for _, file := range all {
		for _, c := range file.cases {
			one := caseReport{File: file.name, Line: c.At.Line, Name: c.Name, Source: c.Source, Passed: c.passed()}
			for _, d := range c.differences {
				one.Differences = append(one.Differences, differenceReport(d))
			}
			report.Cases = append(report.Cases, one)
		}
	}
	return report
}

// The part of JUnit's XML that build servers read.
type (
	junitSuites struct {
		XMLName  xml.Name     `xml:"testsuites"`
		Tests    int          `xml:"tests,attr"`
		Failures int          `xml:"failures,attr"`
		Suites   []junitSuite `xml:"testsuite"`
	}
	junitSuite struct {
		Name     string      `xml:"name,attr"`
		Tests    int         `xml:"tests,attr"`
		Failures int         `xml:"failures,attr"`
		Cases    []junitCase `xml:"testcase"`
	}
	junitCase struct {
		Class   string        `xml:"classname,attr"`
		Name    string        `xml:"name,attr"`
		File    string        `xml:"file,attr"`
		Line    int           `xml:"line,attr,omitempty"`
		Failure *junitFailure `xml:"failure"`
	}
	junitFailure struct {
		Message string `xml:"message,attr"`
		Text    string `xml:",chardata"`
	}
)

func printJUnit(out io.Writer, all []fileRun) error {
	var suites junitSuites
	for i := range all {
		if len(all[i].cases) > 0 {
			suites.Suites = append(suites.Suites, all[i].junit())
		}
	}
	passed, failed := counted(all)
	suites.Tests, suites.Failures = passed+failed, failed
	if _, err := io.WriteString(out, xml.Header); err != nil {
		return err
	}
	e := xml.NewEncoder(out)
	e.Indent("", "  ")
	if err := e.Encode(suites); err != nil {
		return err
	}
	_, err := io.WriteString(out, "\n")
	return err
}

func (r *fileRun) junit() junitSuite {
	passed, failed := r.counted()
	suite := junitSuite{Name: r.name, Tests: passed + failed, Failures: failed}
	for _, c := range r.cases {
		one := junitCase{Class: r.name, Name: c.Name, File: r.name, Line: c.At.Line}
		if !c.passed() {
			one.Failure = &junitFailure{
				Message: plural(len(c.differences), "difference"),
				Text:    differencesText(c.differences),
			}
		}
		suite.Cases = append(suite.Cases, one)
	}
	return suite
}
