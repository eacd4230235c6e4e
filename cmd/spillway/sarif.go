package main

import "path/filepath"

// The part of SARIF 2.1.0 that code hosts read.
type (
	sarifLog struct {
		Schema  string     `json:"$schema"`
		Version string     `json:"version"`
		Runs    []sarifRun `json:"runs"`
	}
	sarifRun struct {
		Tool       sarifTool     `json:"tool"`
		ColumnKind string        `json:"columnKind"`
		Results    []sarifResult `json:"results"`
	}
	sarifTool struct {
		Driver sarifDriver `json:"driver"`
	}
	sarifDriver struct {
		Name    string      `json:"name"`
		Version string      `json:"version"`
		Rules   []sarifRule `json:"rules"`
	}
	sarifRule struct {
		ID          string    `json:"id"`
		Description sarifText `json:"shortDescription"`
	}
	sarifResult struct {
		RuleID    string          `json:"ruleId"`
		Level     string          `json:"level"`
		Message   sarifText       `json:"message"`
		Locations []sarifLocation `json:"locations"`
	}
	sarifText struct {
		Text string `json:"text"`
	}
	sarifLocation struct {
		Physical sarifPhysical `json:"physicalLocation"`
	}
	sarifPhysical struct {
		Artifact sarifArtifact `json:"artifactLocation"`
		Region   sarifRegion   `json:"region"`
	}
	sarifArtifact struct {
		URI string `json:"uri"`
	}
	sarifRegion struct {
		StartLine   int `json:"startLine"`
		StartColumn int `json:"startColumn"`
		EndColumn   int `json:"endColumn"`
	}
)

func sarifOf(all []finding) sarifLog {
	run := sarifRun{
		Tool: sarifTool{sarifDriver{Name: "spillway", Version: version(), Rules: []sarifRule{
			{"mistake", sarifText{"the policy does not load"}},
			{"lint", sarifText{"no mistake, but it looks like one"}},
		}}},
		ColumnKind: "unicodeCodePoints",
		Results:    []sarifResult{},
	}
	for _, f := range all {
		run.Results = append(run.Results, f.sarif())
	}
	return sarifLog{"https://json.schemastore.org/sarif-2.1.0.json", "2.1.0", []sarifRun{run}}
}

func (f finding) sarif() sarifResult {
	level, text := "error", f.Message
	if f.lint {
		level = "warning"
	}
	if f.Hint != "" {
		text += " (" + f.Hint + ")"
	}
	place := sarifPhysical{
		sarifArtifact{filepath.ToSlash(f.Pos.File)},
		sarifRegion{f.Pos.Line, f.Pos.Col, f.Pos.Col + max(f.Width, 1)},
	}
	return sarifResult{f.kind(), level, sarifText{text}, []sarifLocation{{place}}}
}
