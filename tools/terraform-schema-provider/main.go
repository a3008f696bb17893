// A Terraform provider that has nothing but a schema. It serves, over the real plugin protocol (v5), the
// schema that extract.mjs wrote beside it, so that `terraform init` (from a file system mirror), `validate`,
// and `test` with mock_provider work where the real provider can't be downloaded. It talks to no cloud: a
// plan without mock_provider fails with a clear error. It checks names, types, required arguments and
// nesting; it has none of the real provider's checks of values.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"sort"

	"github.com/hashicorp/terraform-plugin-go/tfprotov5"
	"github.com/hashicorp/terraform-plugin-go/tfprotov5/tf5server"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

type attr struct {
	Type                         json.RawMessage `json:"type"`
	Required, Optional, Computed bool
}
type nested struct {
	Nesting  string
	Min, Max int64
	Block    block
}
type block struct {
	Attributes map[string]attr
	Blocks     map[string]nested
}
type doc struct {
	Name, Version string
	Provider      block
	Resources     map[string]block
	DataSources   map[string]block `json:"data_sources"`
}

func typeOf(r json.RawMessage) tftypes.Type {
	var s string
	if json.Unmarshal(r, &s) == nil {
		switch s {
		case "string":
			return tftypes.String
		case "number":
			return tftypes.Number
		case "bool":
			return tftypes.Bool
		}
		return tftypes.DynamicPseudoType
	}
	var l []json.RawMessage
	if json.Unmarshal(r, &l) != nil || len(l) != 2 {
		return tftypes.DynamicPseudoType
	}
	var kind string
	_ = json.Unmarshal(l[0], &kind)
	switch kind {
	case "list":
		return tftypes.List{ElementType: typeOf(l[1])}
	case "set":
		return tftypes.Set{ElementType: typeOf(l[1])}
	case "map":
		return tftypes.Map{ElementType: typeOf(l[1])}
	}
	var m map[string]json.RawMessage
	_ = json.Unmarshal(l[1], &m)
	o := map[string]tftypes.Type{}
	for k, v := range m {
		o[k] = typeOf(v)
	}
	return tftypes.Object{AttributeTypes: o}
}

func keys[V any](m map[string]V) []string {
	k := make([]string, 0, len(m))
	for n := range m {
		k = append(k, n)
	}
	sort.Strings(k)
	return k
}

func (b block) proto() *tfprotov5.SchemaBlock {
	out := &tfprotov5.SchemaBlock{}
	for _, n := range keys(b.Attributes) {
		a := b.Attributes[n]
		if !a.Required && !a.Optional && !a.Computed {
			a.Optional = true
		}
		out.Attributes = append(out.Attributes, &tfprotov5.SchemaAttribute{Name: n, Type: typeOf(a.Type), Required: a.Required, Optional: a.Optional, Computed: a.Computed})
	}
	for _, n := range keys(b.Blocks) {
		x := b.Blocks[n]
		nb := &tfprotov5.SchemaNestedBlock{TypeName: n, Block: x.Block.proto(), MinItems: x.Min, MaxItems: x.Max}
		switch x.Nesting {
		case "single":
			nb.Nesting, nb.MinItems, nb.MaxItems = tfprotov5.SchemaNestedBlockNestingModeSingle, 0, 0
		case "set":
			nb.Nesting = tfprotov5.SchemaNestedBlockNestingModeSet
		default:
			nb.Nesting = tfprotov5.SchemaNestedBlockNestingModeList
		}
		out.BlockTypes = append(out.BlockTypes, nb)
	}
	return out
}

// server embeds the interface: the calls that are not written out here are never
// made by validate or by test with mock_provider.
type server struct {
	tfprotov5.ProviderServer
	resp *tfprotov5.GetProviderSchemaResponse
}

func refuse() []*tfprotov5.Diagnostic {
	return []*tfprotov5.Diagnostic{{Severity: tfprotov5.DiagnosticSeverityError, Summary: "schema-only provider", Detail: "This stand-in only knows the schema. Use `terraform validate`, or `terraform test` with mock_provider."}}
}
func (s *server) GetMetadata(context.Context, *tfprotov5.GetMetadataRequest) (*tfprotov5.GetMetadataResponse, error) {
	r := &tfprotov5.GetMetadataResponse{ServerCapabilities: s.resp.ServerCapabilities}
	for _, n := range keys(s.resp.ResourceSchemas) {
		r.Resources = append(r.Resources, tfprotov5.ResourceMetadata{TypeName: n})
	}
	for _, n := range keys(s.resp.DataSourceSchemas) {
		r.DataSources = append(r.DataSources, tfprotov5.DataSourceMetadata{TypeName: n})
	}
	return r, nil
}
func (s *server) GetProviderSchema(context.Context, *tfprotov5.GetProviderSchemaRequest) (*tfprotov5.GetProviderSchemaResponse, error) {
	return s.resp, nil
}
func (s *server) PrepareProviderConfig(_ context.Context, r *tfprotov5.PrepareProviderConfigRequest) (*tfprotov5.PrepareProviderConfigResponse, error) {
	return &tfprotov5.PrepareProviderConfigResponse{PreparedConfig: r.Config}, nil
}
func (s *server) ConfigureProvider(context.Context, *tfprotov5.ConfigureProviderRequest) (*tfprotov5.ConfigureProviderResponse, error) {
	return &tfprotov5.ConfigureProviderResponse{Diagnostics: refuse()}, nil
}
func (s *server) StopProvider(context.Context, *tfprotov5.StopProviderRequest) (*tfprotov5.StopProviderResponse, error) {
	return &tfprotov5.StopProviderResponse{}, nil
}
func (s *server) ValidateResourceTypeConfig(context.Context, *tfprotov5.ValidateResourceTypeConfigRequest) (*tfprotov5.ValidateResourceTypeConfigResponse, error) {
	return &tfprotov5.ValidateResourceTypeConfigResponse{}, nil
}
func (s *server) ValidateDataSourceConfig(context.Context, *tfprotov5.ValidateDataSourceConfigRequest) (*tfprotov5.ValidateDataSourceConfigResponse, error) {
	return &tfprotov5.ValidateDataSourceConfigResponse{}, nil
}
func (s *server) UpgradeResourceState(_ context.Context, r *tfprotov5.UpgradeResourceStateRequest) (*tfprotov5.UpgradeResourceStateResponse, error) {
	return &tfprotov5.UpgradeResourceStateResponse{Diagnostics: refuse()}, nil
}
func (s *server) ReadResource(context.Context, *tfprotov5.ReadResourceRequest) (*tfprotov5.ReadResourceResponse, error) {
	return &tfprotov5.ReadResourceResponse{Diagnostics: refuse()}, nil
}
func (s *server) PlanResourceChange(context.Context, *tfprotov5.PlanResourceChangeRequest) (*tfprotov5.PlanResourceChangeResponse, error) {
	return &tfprotov5.PlanResourceChangeResponse{Diagnostics: refuse()}, nil
}
func (s *server) ApplyResourceChange(context.Context, *tfprotov5.ApplyResourceChangeRequest) (*tfprotov5.ApplyResourceChangeResponse, error) {
	return &tfprotov5.ApplyResourceChangeResponse{Diagnostics: refuse()}, nil
}
func (s *server) ImportResourceState(context.Context, *tfprotov5.ImportResourceStateRequest) (*tfprotov5.ImportResourceStateResponse, error) {
	return &tfprotov5.ImportResourceStateResponse{Diagnostics: refuse()}, nil
}
func (s *server) ReadDataSource(context.Context, *tfprotov5.ReadDataSourceRequest) (*tfprotov5.ReadDataSourceResponse, error) {
	return &tfprotov5.ReadDataSourceResponse{Diagnostics: refuse()}, nil
}
func (s *server) GetFunctions(context.Context, *tfprotov5.GetFunctionsRequest) (*tfprotov5.GetFunctionsResponse, error) {
	return &tfprotov5.GetFunctionsResponse{}, nil
}

// readSchema reads what lies beside the program, so that one program stands in for any provider.
func readSchema() (d doc, err error) {
	program, err := os.Executable()
	if err != nil {
		return d, err
	}
	program, err = filepath.EvalSymlinks(program)
	if err != nil {
		return d, err
	}
	raw, err := os.ReadFile(filepath.Join(filepath.Dir(program), "schema.json"))
	if err != nil {
		return d, err
	}
	return d, json.Unmarshal(raw, &d)
}

func main() {
	d, err := readSchema()
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	resp := &tfprotov5.GetProviderSchemaResponse{
		ServerCapabilities: &tfprotov5.ServerCapabilities{GetProviderSchemaOptional: true},
		Provider:           &tfprotov5.Schema{Block: d.Provider.proto()},
		ResourceSchemas:    map[string]*tfprotov5.Schema{},
		DataSourceSchemas:  map[string]*tfprotov5.Schema{},
	}
	for n, b := range d.Resources {
		resp.ResourceSchemas[n] = &tfprotov5.Schema{Block: b.proto()}
	}
	for n, b := range d.DataSources {
		resp.DataSourceSchemas[n] = &tfprotov5.Schema{Block: b.proto()}
	}
	s := &server{resp: resp}
	err = tf5server.Serve("registry.terraform.io/hashicorp/"+d.Name, func() tfprotov5.ProviderServer { return s })
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
