# newsletter-pdf：常用命令。The everyday commands; `make help` lists them.
# Without ISSUE the sample is meant, except by the commands that sign, write or compare.
ISSUE ?= 2026-11
PROGRAM := .venv/bin/newsletter-pdf
PYTHON := .venv/bin/python
STAMP := .venv/.setup-stamp
READY := $(STAMP)
DEVELOPERS := setup test faults mailserver browser lint types bench bench-preview fonts docs pictures lock clean
# A new periodical gets the same commands for editors.
include src/newsletter_pdf/newissue/periodical/tools/editors.mk

$(STAMP): requirements-dev.lock pyproject.toml tools/setup.sh
	@sh tools/setup.sh
	@touch $(STAMP)

setup: ## 安装所缺的系统库和 Python 包 install what is missing
	@sh tools/setup.sh
	@touch $(STAMP)

test: $(STAMP) ## 运行测试 run the tests
	@.venv/bin/pytest -n auto

faults: $(STAMP) ## 寄送的故障测试，30 轮 faults of the mailing, 30 seeds each
	@NEWSLETTER_PDF_FAULT_SEEDS=30 NEWSLETTER_PDF_FAULT_READERS=200 .venv/bin/pytest -n auto tests/mail/test_mail_faults.py

mailserver: ## 安装寄送测试用的 Postfix、Dovecot install Postfix and Dovecot for the tests of the mailing
	@sh tools/setup_mailserver.sh

browser: ## 安装预览测试用的 Chromium install Chromium for the tests of the preview
	@sh tools/setup_browser.sh

lint: $(STAMP) ## 代码检查 lint
	@.venv/bin/ruff check && .venv/bin/ruff format --check

types: $(STAMP) ## 类型检查 type check
	@.venv/bin/mypy

bench: $(STAMP) ## 量速度：与 WeasyPrint 单文件比；一万封信 measure speed: against stock WeasyPrint; 10,000 messages
	@$(PYTHON) bench/bench_build.py content/$(ISSUE)
	@$(PYTHON) bench/bench_setting.py content/$(ISSUE)
	@$(PYTHON) bench/bench_mail.py
	@$(PYTHON) bench/bench_copies.py

bench-preview: $(STAMP) ## 量预览：从存盘到看见 measure the preview: from a save to the page seen
	@$(PYTHON) bench/bench_preview.py content/$(ISSUE)

fonts: $(STAMP) ## 从锁定的包重建字体 rebuild the fonts
	@$(PYTHON) tools/make_fonts.py

docs: $(STAMP) ## 重写生成的文档 rewrite generated docs
	@$(PYTHON) tools/write_docs.py && $(PYTHON) -c "from pathlib import Path; from newsletter_pdf.reader.schema import write_schemas; write_schemas(Path('schemas'))"

pictures: $(STAMP) ## 重做 README 的图 redraw the README's pictures
	@$(PYTHON) -m newsletter_pdf build content/2026-11 && $(PYTHON) tools/pictures.py build/2026-11/2026-11.pdf

lock: ## 更新锁文件 renew the lock file
	@uv pip compile -q --universal --generate-hashes --no-emit-index-url --no-annotate --no-header --group pyproject.toml:dev --extra mail pyproject.toml -o requirements-dev.lock

clean: ## 删除生成物，签发过的 PDF 除外 remove what was made, but for approved PDFs
	@find build -mindepth 2 -maxdepth 2 ! -name approved -exec rm -rf {} + 2>/dev/null || true
	@rm -rf .venv .mypy_cache .ruff_cache .pytest_cache
