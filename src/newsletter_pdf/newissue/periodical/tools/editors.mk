# 编辑用的命令。The editors' commands: the same text for newsletter-pdf's own folder and for each periodical.
# Who includes it says before: ISSUE (the one meant when none is named), PROGRAM and PYTHON (how they are called),
# READY (what has to be there before) and DEVELOPERS (further commands), the last two perhaps empty.
IMPORT_FILES := $(dir $(lastword $(MAKEFILE_LIST)))import_files.sh
named := $(filter command environment,$(origin ISSUE))
# The folder's name alone is meant by content/2026-12 and content/2026-12/ too.
override ISSUE := $(patsubst %/,%,$(patsubst content/%,%,$(patsubst ./%,%,$(ISSUE))))
.DEFAULT_GOAL := help
EDITORS := issue preview check fix report diff approve new import mail send bounces password verify lines reproduce init layout explain completion
VARIABLES := ISSUE OLD NEW BY NOTE NAME FILES REPLACE DRY LIVE YES TO STATUS REPORT FROM IMAP WHOSE ONLINE PDF AGAINST CONTENT MANIFEST EDITOR DIR FLAGS CODE FOR
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
# These need no issue, and work where there is none yet.
ifneq ($(or $(named),$(filter-out help new init layout explain completion password $(DEVELOPERS),$(MAKECMDGOALS))),)
ifneq ($(words $(ISSUE)),1)
  $(error ISSUE 要写一个期号，如 ISSUE=2026-12，等号前后不空格 / ISSUE needs one name, such as ISSUE=2026-12, without spaces around =)
endif
endif
signing := $(filter import approve mail send bounces,$(MAKECMDGOALS))$(if $(NEW),,$(filter diff,$(MAKECMDGOALS)))
ifneq ($(signing),)
  ifeq ($(named),)
    $(error 请写明是哪一期 Say which issue, for instance:  make $(firstword $(filter import approve mail send bounces diff,$(MAKECMDGOALS))) ISSUE=2026-12)
  endif
endif
# Of the environment only ISSUE counts: many computers have a NAME or an EDITOR of their own.
$(foreach name,$(filter-out ISSUE,$(VARIABLES)),$(if $(filter environment,$(origin $(name))),$(eval $(name) :=)))

help: ## 列出全部命令 list all commands
	@$(if $(DEVELOPERS),echo "编辑用 For editors")
	@$(foreach name,$(EDITORS),grep -hE '^$(name):.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | awk -F'\t' '{printf "  make %-10s %s\n", $$1, $$2}';)
	@$(if $(DEVELOPERS),echo "开发用 For developers")
	@$(foreach name,$(DEVELOPERS),grep -hE '^$(name):.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | awk -F'\t' '{printf "  make %-10s %s\n", $$1, $$2}';)

issue: $(READY) ## 排出一期 make an issue: ISSUE=2026-11
	@$(PROGRAM) build "content/$$ISSUE" $(FLAGS)

preview: export EDITOR := $(EDITOR)
preview: $(READY) ## 边写边看 pages that follow each save: ISSUE=2026-11 [EDITOR=vscode]
	@$(PROGRAM) preview "content/$$ISSUE" $(if $(EDITOR),--editor "$$EDITOR") $(FLAGS)

check: $(READY) ## 只检查内容 validate only: ISSUE=2026-11 [ONLINE=1]
	@$(PROGRAM) check "content/$$ISSUE" $(if $(ONLINE),--online) $(FLAGS)

fix: $(READY) ## 代改标点和空格 mend marks and spaces: ISSUE=2026-11 [DRY=1]
	@$(PROGRAM) check "content/$$ISSUE" --fix $(if $(DRY),--dry-run) $(FLAGS)

report: $(READY) ## 打开报告 open the report: ISSUE=2026-11
	@$(PROGRAM) report "content/$$ISSUE" $(FLAGS)

verify: export PDF := $(or $(PDF),build/$(ISSUE)/$(ISSUE).pdf)
verify: export AGAINST := $(AGAINST)
verify: export CONTENT := $(CONTENT)
verify: $(READY) ## 核对 PDF prove the PDF: ISSUE=2026-11 or PDF=那份.pdf [AGAINST=report.json] [CONTENT=content/2026-11]
	@$(PROGRAM) verify "$$PDF" $(if $(AGAINST),--against "$$AGAINST") $(if $(CONTENT),--content "$$CONTENT") $(FLAGS)

diff: export OLD := $(OLD)
diff: export NEW := $(or $(NEW),build/$(ISSUE)/$(ISSUE).pdf)
diff: $(READY) ## 比较两份校样 compare two proofs: OLD=旧.pdf ISSUE=2026-12
	@$(if $(OLD),,echo "请写明旧的校样，例如 Give the old proof, for instance:  make diff OLD=proof-1.pdf NEW=build/$(ISSUE)/$(ISSUE).pdf" >&2; exit 2;) $(PROGRAM) diff "$$OLD" "$$NEW" $(FLAGS) || test $$? -eq 1  # a difference is no failure

lines: $(READY) ## 量行的排法 measure the line setting: ISSUE=2026-11
	@$(PROGRAM) lines "build/$$ISSUE/$$ISSUE.pdf" $(FLAGS)

reproduce: export MANIFEST := $(or $(MANIFEST),build/$(ISSUE)/manifest.json)
reproduce: $(READY) ## 照清单重做并比较 make the PDF again and compare: ISSUE=2026-11 or MANIFEST=manifest.json
	@$(PROGRAM) reproduce "$$MANIFEST" $(FLAGS)

approve: export BY := $(BY)
approve: export NOTE := $(NOTE)
approve: $(READY) ## 签发 approve the PDF: ISSUE=2026-12 BY=张三 [NOTE=附言]
	@$(if $(BY),,echo "请写明签发人，例如 Say who approves, for instance:  make approve ISSUE=$(ISSUE) BY=张三" >&2; exit 2;) $(PROGRAM) approve "content/$$ISSUE" --by "$$BY" $(if $(NOTE),--note "$$NOTE") $(FLAGS)

mail: export WHOSE := $(WHOSE)
mail: $(READY) ## 做出邮件来看，不寄 make the mail, send nothing: ISSUE=2026-11 [WHOSE=捡到的.pdf]
	@$(PROGRAM) mail "content/$$ISSUE" $(if $(WHOSE),--whose "$$WHOSE") $(FLAGS)

send: export TO := $(TO)
send: $(READY) ## 试寄一遍；真寄加 LIVE=1，不问加 YES=1 rehearse; LIVE=1 sends, YES=1 without asking: ISSUE=2026-11 [TO=地址] [STATUS=1] [REPORT=1]
	@$(PROGRAM) send "content/$$ISSUE" $(if $(LIVE),--live) $(if $(YES),--yes) $(if $(TO),--to "$$TO") $(if $(STATUS),--status) $(if $(REPORT),--report) $(FLAGS)

bounces: export FROM := $(FROM)
bounces: $(READY) ## 处理退信和退订 read the bounces: ISSUE=2026-11 FROM=退信.mbox or IMAP=1
	@$(PROGRAM) bounces "content/$$ISSUE" $(if $(FROM),--from "$$FROM") $(if $(IMAP),--imap) $(if $(DRY),--dry-run) $(FLAGS)

password: export FOR := $(FOR)
password: $(READY) ## 把密码存进系统的钥匙串 keep a password of the mailing: FOR=用户名@主机
	@$(if $(FOR),,echo "请写明用户名和主机，例如 Give user and host, for instance:  make password FOR=monthly@example.org@smtp.example.org" >&2; exit 2;) $(PYTHON) -m keyring set newsletter-pdf "$$FOR"

new: export NAME := $(NAME)
new: $(READY) ## 新建一期 a new issue: NAME=2026-12
	@$(if $(NAME),,echo "请写明期号，例如 Give a name, for instance:  make new NAME=2026-12" >&2; exit 2;) $(PROGRAM) new "$$NAME" $(FLAGS)

import: export FILES := $(FILES)
import: $(READY) ## 导入稿件 import manuscripts: FILES="a.docx b.md" ISSUE=2026-12 [DRY=1] [REPLACE=1]
	@$(if $(FILES),,echo "请写明稿件，例如 Give the files, for instance:  make import FILES=\"a.docx b.md\" ISSUE=2026-12" >&2; exit 2;) sh "$(IMPORT_FILES)" "$$FILES" $(PROGRAM) import --issue "content/$$ISSUE" $(if $(DRY),--dry-run) $(if $(REPLACE),--replace) $(FLAGS)

init: export DIR := $(DIR)
init: $(READY) ## 办一份新刊 a new periodical: DIR=../月讯 (FLAGS="--name 月讯 …")
	@$(if $(DIR),,echo "请写明文件夹，例如 Give a folder, for instance:  make init DIR=../月讯" >&2; exit 2;) $(PROGRAM) init "$$DIR" $(FLAGS)

layout: export NAME := $(NAME)
layout: $(READY) ## 新建版式 a layout of your own: NAME=ours
	@$(if $(NAME),,echo "请写明版式的名字，例如 Give a name, for instance:  make layout NAME=ours" >&2; exit 2;) $(PROGRAM) new --layout "$$NAME" $(FLAGS)

explain: export CODE := $(CODE)
explain: $(READY) ## 解释一个编号 explain a finding: CODE=N201
	@$(if $(CODE),,echo "请写明编号，例如 Give a code, for instance:  make explain CODE=N201" >&2; exit 2;) $(PROGRAM) explain "$$CODE"

completion: export FOR := $(FOR)
completion: $(READY) ## 安装命令补全 shell completion: FOR=bash, zsh or fish
	@$(if $(FOR),,echo "请写明命令行，例如 Give a shell, for instance:  make completion FOR=bash" >&2; exit 2;) $(PROGRAM) --install-completion "$$FOR"
