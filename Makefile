# newsletter-pdf：常用命令。The everyday commands; `make help` lists them.
# Without ISSUE the sample is meant, except by the commands that sign, write or compare.
ISSUE ?= 2026-11
named := $(filter command environment,$(origin ISSUE))
# The folder's name alone is meant by content/2026-12 and content/2026-12/ too.
override ISSUE := $(patsubst %/,%,$(patsubst content/%,%,$(patsubst ./%,%,$(ISSUE))))
PY := .venv/bin/python
STAMP := .venv/.setup-stamp
.DEFAULT_GOAL := help
EDITORS := issue preview check fix report diff approve new import mail send verify lines reproduce init layout explain completion
DEVELOPERS := setup test faults mailserver browser lint types bench bench-preview fonts docs pictures lock clean
VARIABLES := ISSUE OLD NEW BY NOTE NAME FILES REPLACE DRY LIVE YES DIR FLAGS CODE FOR
.PHONY: help $(EDITORS) $(DEVELOPERS)
export ISSUE
export NEWSLETTER_PDF_CALLER := make

# What is typed wrong is told before anything is done.
unknown := $(foreach name,$(.VARIABLES),$(if $(findstring command line,$(origin $(name))),$(filter-out $(VARIABLES) -%,$(name))))
ifneq ($(strip $(unknown)),)
  $(error 不认识「$(strip $(unknown))」。可以写的有 $(VARIABLES)，要大写 / Unknown: $(strip $(unknown)). Known, in capitals: $(VARIABLES))
endif
stray := $(filter-out help $(EDITORS) $(DEVELOPERS),$(MAKECMDGOALS))
ifneq ($(stray),)
  $(error 不认识「$(stray)」。期号写成 ISSUE=2026-12，等号前后不空格；命令见 make help / Unknown: $(stray). Write ISSUE=2026-12 without spaces around =; see make help)
endif
ifneq ($(words $(ISSUE)),1)
  $(error ISSUE 要写一个期号，如 ISSUE=2026-12，等号前后不空格 / ISSUE needs one name, such as ISSUE=2026-12, without spaces around =)
endif
ifneq ($(filter import approve mail send,$(MAKECMDGOALS))$(if $(NEW),,$(filter diff,$(MAKECMDGOALS))),)
  ifeq ($(named),)
    $(error 请写明是哪一期 Say which issue, for instance:  make $(firstword $(filter import approve mail send diff,$(MAKECMDGOALS))) ISSUE=2026-12)
  endif
endif

help: ## 列出全部命令 list all commands
	@echo "编辑用 For editors"
	@$(foreach name,$(EDITORS),grep -hE '^$(name):.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | awk -F'\t' '{printf "  make %-10s %s\n", $$1, $$2}';)
	@echo "开发用 For developers"
	@$(foreach name,$(DEVELOPERS),grep -hE '^$(name):.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | awk -F'\t' '{printf "  make %-10s %s\n", $$1, $$2}';)

$(STAMP): requirements-dev.lock pyproject.toml tools/setup.sh
	@sh tools/setup.sh
	@touch $(STAMP)

setup: ## 安装所缺的系统库和 Python 包 install what is missing
	@sh tools/setup.sh
	@touch $(STAMP)

issue: $(STAMP) ## 排出一期 make an issue: ISSUE=2026-11
	@.venv/bin/newsletter-pdf build "content/$$ISSUE"

preview: $(STAMP) ## 边写边看 pages that follow each save: ISSUE=2026-11
	@.venv/bin/newsletter-pdf preview "content/$$ISSUE"

check: $(STAMP) ## 只检查内容 validate only: ISSUE=2026-11
	@.venv/bin/newsletter-pdf check "content/$$ISSUE"

.PHONY: fix
fix: $(STAMP) ## 代改标点和空格 mend marks and spaces: ISSUE=2026-11
	@.venv/bin/newsletter-pdf check content/$(ISSUE) --fix

report: $(STAMP) ## 打开报告 open the report: ISSUE=2026-11
	@.venv/bin/newsletter-pdf report "content/$$ISSUE"

verify: $(STAMP) ## 核对 PDF prove the PDF: ISSUE=2026-11
	@.venv/bin/newsletter-pdf verify "build/$$ISSUE/$$ISSUE.pdf"

diff: export OLD := $(OLD)
diff: export NEW := $(or $(NEW),build/$(ISSUE)/$(ISSUE).pdf)
diff: $(STAMP) ## 比较两份校样 compare two proofs: OLD=旧.pdf ISSUE=2026-12
	@$(if $(OLD),,echo "请写明旧的校样，例如 Give the old proof, for instance:  make diff OLD=proof-1.pdf NEW=build/$(ISSUE)/$(ISSUE).pdf" >&2; exit 2;) .venv/bin/newsletter-pdf diff "$$OLD" "$$NEW" || test $$? -eq 1  # a difference is no failure

lines: $(STAMP) ## 量行的排法 measure the line setting: ISSUE=2026-11
	@.venv/bin/newsletter-pdf lines "build/$$ISSUE/$$ISSUE.pdf"

reproduce: $(STAMP) ## 照清单重做并比较 make the PDF again and compare: ISSUE=2026-11
	@.venv/bin/newsletter-pdf reproduce "build/$$ISSUE/manifest.json"

approve: export BY := $(BY)
approve: export NOTE := $(NOTE)
approve: $(STAMP) ## 签发 approve the PDF: ISSUE=2026-12 BY=张三 [NOTE=附言]
	@$(if $(BY),,echo "请写明签发人，例如 Say who approves, for instance:  make approve ISSUE=$(ISSUE) BY=张三" >&2; exit 2;) .venv/bin/newsletter-pdf approve "content/$$ISSUE" --by "$$BY" $(if $(NOTE),--note "$$NOTE")

mail: $(STAMP) ## 做出邮件来看，不寄 make the mail, send nothing: ISSUE=2026-11
	@.venv/bin/newsletter-pdf mail "content/$$ISSUE"

send: $(STAMP) ## 试寄一遍；真寄加 LIVE=1，不问加 YES=1 rehearse; LIVE=1 sends, YES=1 without asking: ISSUE=2026-11 (FLAGS="--limit 100 …")
	@.venv/bin/newsletter-pdf send "content/$$ISSUE" $(if $(LIVE),--live) $(if $(YES),--yes) $(FLAGS)

new: $(STAMP) ## 新建一期 a new issue: NAME=2026-12
	@$(if $(NAME),,echo "请写明期号，例如 Give a name, for instance:  make new NAME=2026-12" >&2; exit 2;) .venv/bin/newsletter-pdf new $(NAME)

import: export FILES := $(FILES)
import: $(STAMP) ## 导入稿件 import manuscripts: FILES="a.docx b.md" ISSUE=2026-12 [DRY=1] [REPLACE=1]
	@$(if $(FILES),,echo "请写明稿件，例如 Give the files, for instance:  make import FILES=\"a.docx b.md\" ISSUE=2026-12" >&2; exit 2;) sh tools/import_files.sh "$$FILES" .venv/bin/newsletter-pdf import --issue "content/$$ISSUE" $(if $(DRY),--dry-run) $(if $(REPLACE),--replace)

test: $(STAMP) ## 运行测试 run the tests
	@.venv/bin/pytest -n auto

faults: $(STAMP) ## 寄送的故障测试，30 轮 faults of the mailing, 30 seeds each
	@NEWSLETTER_PDF_FAULT_SEEDS=30 NEWSLETTER_PDF_FAULT_READERS=200 .venv/bin/pytest -n auto tests/mail/test_mail_faults.py

mailserver: ## 安装寄送测试用的 Postfix install Postfix for the tests of the mailing
	@sh tools/setup_mailserver.sh

browser: ## 安装预览测试用的 Chromium install Chromium for the tests of the preview
	@sh tools/setup_browser.sh

lint: $(STAMP) ## 代码检查 lint
	@.venv/bin/ruff check && .venv/bin/ruff format --check

types: $(STAMP) ## 类型检查 type check
	@.venv/bin/mypy

bench: $(STAMP) ## 量速度：与 WeasyPrint 单文件比；一万封信 measure speed: against stock WeasyPrint; 10,000 messages
	@$(PY) bench/bench_build.py content/$(ISSUE)
	@$(PY) bench/bench_setting.py content/$(ISSUE)
	@$(PY) bench/bench_mail.py
	@$(PY) bench/bench_copies.py

bench-preview: $(STAMP) ## 量预览：从存盘到看见 measure the preview: from a save to the page seen
	@$(PY) bench/bench_preview.py content/$(ISSUE)

fonts: $(STAMP) ## 从锁定的包重建字体 rebuild the fonts
	@$(PY) tools/make_fonts.py

docs: $(STAMP) ## 重写生成的文档 rewrite generated docs
	@$(PY) tools/write_docs.py && $(PY) -c "from pathlib import Path; from newsletter_pdf.reader.schema import write_schemas; write_schemas(Path('schemas'))"

pictures: $(STAMP) ## 重做 README 的图 redraw the README's pictures
	@$(PY) -m newsletter_pdf build content/2026-11 && $(PY) tools/pictures.py build/2026-11/2026-11.pdf

lock: ## 更新锁文件 renew the lock file
	@uv pip compile -q --universal --generate-hashes --no-emit-index-url --no-annotate --no-header --group pyproject.toml:dev --extra mail pyproject.toml -o requirements-dev.lock

clean: ## 删除生成物，签发过的 PDF 除外 remove what was made, but for approved PDFs
	@find build -mindepth 2 -maxdepth 2 ! -name approved -exec rm -rf {} + 2>/dev/null || true
	@rm -rf .venv .mypy_cache .ruff_cache .pytest_cache

.PHONY: init layout explain completion
init: $(STAMP) ## 办一份新刊 a new periodical: DIR=../月讯 (FLAGS="--name 月讯 …")
	@$(if $(DIR),,echo "请写明文件夹，例如 Give a folder, for instance:  make init DIR=../月讯" >&2; exit 2;) .venv/bin/newsletter-pdf init "$(DIR)" $(FLAGS)

layout: $(STAMP) ## 新建版式 a layout of your own: NAME=ours
	@$(if $(NAME),,echo "请写明版式的名字，例如 Give a name, for instance:  make layout NAME=ours" >&2; exit 2;) .venv/bin/newsletter-pdf new --layout "$(NAME)"

explain: $(STAMP) ## 解释一个编号 explain a finding: CODE=N201
	@$(if $(CODE),,echo "请写明编号，例如 Give a code, for instance:  make explain CODE=N201" >&2; exit 2;) .venv/bin/newsletter-pdf explain "$(CODE)"

completion: $(STAMP) ## 安装命令补全 shell completion: FOR=bash, zsh or fish
	@$(if $(FOR),,echo "请写明命令行，例如 Give a shell, for instance:  make completion FOR=bash" >&2; exit 2;) .venv/bin/newsletter-pdf --install-completion "$(FOR)"
