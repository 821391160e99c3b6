// qualkit, MIT licence; built from qualkit/widgets/frontend/src/quotes
function d(s=Date.now()){let e=crypto.getRandomValues(new Uint8Array(16));for(let o=0;o<6;o+=1)e[o]=Math.floor(s/2**(8*(5-o)))&255;e[6]=e[6]&15|112,e[8]=e[8]&63|128;let t=Array.from(e,o=>o.toString(16).padStart(2,"0")).join("");return`${t.slice(0,8)}-${t.slice(8,12)}-${t.slice(12,16)}-${t.slice(16,20)}-${t.slice(20)}`}var c=class{constructor(e,t){this.model=e;this.onNews=t;e.on("msg:custom",this.receive)}model;onNews;cid=d();asked=new Map;receive=(e,t)=>this.dispatch(e,t);close(){this.model.off("msg:custom",this.receive),this.asked.clear()}tell(e,t){this.model.send({v:1,t:e,id:d(),cid:this.cid,...t})}ask(e,t,o,n,{patience:r=8e3,buffers:b}={}){let l=d(),p=0,u=()=>{if(!(p>0&&!this.asked.has(l))){p+=1,this.asked.set(l,(q,w)=>{this.asked.delete(l),o(q,w)});try{this.model.send({v:1,t:e,id:l,cid:this.cid,...t},void 0,b)}catch{n()}setTimeout(()=>{this.asked.has(l)&&(n(),u())},r)}};u()}dispatch(e,t){if(typeof e!="object"||e===null)return;let o=e,n=o.re===void 0?void 0:this.asked.get(o.re);n?n(o,t):this.onNews(o,t)}};function i(s,e={},...t){let o=document.createElement(s);e.class&&(o.className=e.class),e.title&&(o.title=e.title);for(let[n,r]of Object.entries(e.attrs??{}))o.setAttribute(n,r);for(let[n,r]of Object.entries(e.style??{}))o.style.setProperty(n,r);for(let[n,r]of Object.entries(e.on??{}))o.addEventListener(n,r);for(let n of t)(n||n==="")&&o.append(n);return o}function a(s,...e){s.replaceChildren(...e.filter(t=>!!t))}function g(s){for(let e of["keydown","keyup","keypress","copy","cut","paste"])s.addEventListener(e,t=>t.stopPropagation())}var C={loading:"Opening the transcript …",notConnected:"The kernel does not answer. Run this cell again to open the transcript.",noSources:"This project has no texts yet. Add some with project.import_folder(…) or project.sources.add_text(…), then run this cell again.",emptyText:"This text is empty.",noCodes:"There is no codebook yet. Load one with project.codebook.load(…), then run this cell again.",noMatch:"No code fits “{query}”. Delete a letter or press Esc.",openFailed:"This text could not be opened: {message}",document:"Document",previousDocument:"Previous document",nextDocument:"Next document",coderLabel:"Coder: {coder}",showCodings:"Show codings of",showMine:"only mine",showAll:"all coders",hiddenOthers:"{n} codings of other coders are hidden",undo:"Undo (Ctrl+Z)",redo:"Redo (Ctrl+Shift+Z)",help:"Keys (?)",expand:"Full screen",search:"Search the text",searchNone:"not found",searchCount:"{i} of {n}",saved:"Saved",saving:"Saving…",waiting:"Saving… ({n} safe in this browser)",waitingMemory:"Saving… ({n})",silent:"The kernel does not answer. {n} actions are kept in this browser; run this cell again to save them.",silentMemory:"The kernel does not answer. {n} actions are not saved; keep this page open and run this cell again.",silentShort:"Not saved ({n})",refused:"Not saved: {message} It is tried again.",full:"Too many actions wait for the kernel. Run this cell again before you go on.",recovered:"{n} actions of earlier were brought back.",readOnly:"This project is open for reading only.",codes:"Codes",filterCodes:"Filter codes",codesHint:"Select a passage, then click a code.",selectFirst:"Select a passage first, with the mouse or with j / Shift+→.",headingOnly:"“{code}” is a heading. Choose one of the codes below it.",definition:"Definition",include:"Include",exclude:"Exclude",example:"Example",noDefinition:"The codebook has no definition for this code.",codingsHere:"{n} codings in this document",pickerTitle:"Code “{quote}”",newCode:"+ New code under",newCodeUnder:"Under which code",newCodeTop:"(top level)",pickerApplied:"applied",pickerKeys:"Enter apply · Shift+Enter apply and stay · Ctrl+Enter new code · Esc close",cardTitle:"Codings of this passage",memo:"Memo",memoRefused:"The memo could not be saved: {message} Your words: “{mine}”",memoConflict:"This memo was changed elsewhere meanwhile: “{theirs}”. Yours: “{mine}”",memoMine:"Keep mine",memoHint:"Why this code? Saved when you leave the field.",noMemo:"no memo",othersCoding:"coded by {coder}: only to be read",remove:"Remove",close:"Close",removed:"Removed “{code}” from “{quote}”.",undone:"Undone: {what}",redone:"Done again: {what}",whatAdded:"“{code}” is on “{quote}” again",whatRemoved:"“{code}” taken off “{quote}”",whatChanged:"“{code}” on “{quote}”: place or memo",extentHow:"Select the words that one of your codings should have, then press b.",extentDone:"“{code}” now stands on “{quote}”.",nothingToUndo:"There is nothing to undo.",nothingToRedo:"There is nothing to do again.",appliedSay:"“{code}” applied to {n} characters.",alreadyThere:"“{code}” is already on this passage.",undoWord:"Undo",notDone:"Not carried out: {message}",copied:"{n} characters copied.",allSaved:"Everything is saved.",nothingSelected:"Nothing selected",selection:"{n} characters selected",line:"line {line}",lines:"lines {first}–{last}",statusHint:"j next sentence · Shift+→ extend · Enter code · 1–9 quick code · ? keys",noCodings:"No coding yet. Select a passage and press Enter.",moreStripes:"{n} more codings",stripeTitle:"{code} · {coder}",transcript:"Transcript. j and k select sentences, Enter opens the codes, question mark lists all keys.",helpTitle:"Keys in the transcript",helpMove:"← → ↑ ↓ · Home End · Page↑ Page↓",helpMoveDoes:"move the caret",helpExtend:"Shift with any of these",helpExtendDoes:"extend the selection",helpSentence:"j / k · Shift+J / Shift+K",helpSentenceDoes:"next / previous sentence · extend by a sentence",helpTurn:"} / {",helpTurnDoes:"next / previous turn",helpGrow:". / ,",helpGrowDoes:"grow / shrink: word, sentence, turn",helpEnter:"Enter · v",helpEnterDoes:"choose a code · new code named by the words (in vivo)",helpDigit:"1 – 9 · 0",helpDigitDoes:"quick code · the last code again",helpSpace:"Space · [ ]",helpSpaceDoes:"the coding at the caret · previous / next coding",helpExtent:"b",helpExtentOf:"give the coding here the selected words",helpMemo:"m · Delete",helpMemoDoes:"memo of the coding · remove it",helpUndo:"Ctrl+Z · Ctrl+Shift+Z, Ctrl+Y",helpUndoDoes:"undo · redo",helpSearch:"/ or Ctrl+F · Ctrl+C",helpSearchDoes:"search the text · copy the selection",helpEsc:"Esc",helpEscDoes:"close, then clear the selection",quotes:"Quotations",quotesHint:"Click a child in the chart, draw a box around several, or choose one here.",quotesNone:"No quotation of {case} for these codes.",quotesCase:"Child",quotesCount:"{n} quotations"},S={loading:"正在打开文本……",notConnected:"内核没有回应。请重新运行此单元格以打开文本。",noSources:"此项目还没有文本。请用 project.import_folder(…) 或 project.sources.add_text(…) 添加，然后重新运行此单元格。",emptyText:"此文本为空。",noCodes:"还没有编码手册。请用 project.codebook.load(…) 载入，然后重新运行此单元格。",noMatch:"没有符合“{query}”的编码。删去一个字，或按 Esc。",openFailed:"无法打开此文本：{message}",document:"文档",previousDocument:"上一个文档",nextDocument:"下一个文档",coderLabel:"编码者：{coder}",showCodings:"显示谁的编码",showMine:"只看我的",showAll:"所有编码者",hiddenOthers:"其他编码者的 {n} 条编码已隐藏",undo:"撤销（Ctrl+Z）",redo:"重做（Ctrl+Shift+Z）",help:"按键（?）",expand:"全屏",search:"在文本中查找",searchNone:"未找到",searchCount:"第 {i} 处，共 {n} 处",saved:"已保存",saving:"正在保存……",waiting:"正在保存……（{n} 项已存于浏览器）",waitingMemory:"正在保存……（{n} 项）",silent:"内核没有回应。{n} 项操作已存于此浏览器；请重新运行此单元格以保存。",silentMemory:"内核没有回应。{n} 项操作尚未保存；请勿关闭此页，并重新运行此单元格。",silentShort:"未保存（{n}）",refused:"未能保存：{message} 将自动重试。",full:"等待内核的操作太多。请先重新运行此单元格。",recovered:"已找回之前的 {n} 项操作。",readOnly:"此项目以只读方式打开。",codes:"编码",filterCodes:"筛选编码",codesHint:"先选中一段文字，再点编码。",selectFirst:"请先选中一段文字：用鼠标，或按 j、Shift+→。",headingOnly:"“{code}”是标题，请选它下面的编码。",definition:"定义",include:"包括",exclude:"不包括",example:"例",noDefinition:"编码手册中没有此编码的定义。",codingsHere:"本文档中有 {n} 条",pickerTitle:"给“{quote}”编码",newCode:"+ 新建编码，归在",newCodeUnder:"归在哪个编码之下",newCodeTop:"（最上层）",pickerApplied:"已编",pickerKeys:"Enter 编码 · Shift+Enter 编码并继续 · Ctrl+Enter 新建编码 · Esc 关闭",cardTitle:"这段文字的编码",memo:"备忘",memoRefused:"备忘未能保存：{message} 您写的是：“{mine}”",memoConflict:"这条备忘刚在别处改过，现为：“{theirs}”。您写的是：“{mine}”",memoMine:"改用我写的",memoHint:"为什么用这个编码？离开此框时保存。",noMemo:"没有备忘",othersCoding:"{coder} 的编码，只能查看",remove:"移除",close:"关闭",removed:"已从“{quote}”移除“{code}”。",undone:"已撤销：{what}",redone:"已重做：{what}",whatAdded:"“{quote}”重新编为“{code}”",whatRemoved:"从“{quote}”移除了“{code}”",whatChanged:"“{quote}”上“{code}”的位置或备忘",extentHow:"请先选中某条编码应有的文字，再按 b。",extentDone:"“{code}”现编在“{quote}”上。",nothingToUndo:"没有可以撤销的操作。",nothingToRedo:"没有可以重做的操作。",appliedSay:"已将“{code}”编在 {n} 个字上。",alreadyThere:"这段文字已有“{code}”。",undoWord:"撤销",notDone:"未能执行：{message}",copied:"已复制 {n} 个字。",allSaved:"全部已保存。",nothingSelected:"未选中文字",selection:"已选 {n} 字",line:"第 {line} 行",lines:"第 {first}–{last} 行",statusHint:"j 下一句 · Shift+→ 扩选 · Enter 编码 · 1–9 快捷编码 · ? 按键",noCodings:"还没有编码。选中一段文字，按 Enter。",moreStripes:"还有 {n} 条编码",stripeTitle:"{code} · {coder}",transcript:"文本。按 j、k 选句子，按 Enter 选编码，按问号看全部按键。",helpTitle:"文本中的按键",helpMove:"← → ↑ ↓ · Home End · Page↑ Page↓",helpMoveDoes:"移动光标",helpExtend:"以上任一键加 Shift",helpExtendDoes:"扩大选区",helpSentence:"j / k · Shift+J / Shift+K",helpSentenceDoes:"下一句 / 上一句 · 扩大一句",helpTurn:"} / {",helpTurnDoes:"下一话轮 / 上一话轮",helpGrow:". / ,",helpGrowDoes:"扩大 / 缩小：词、句、话轮",helpEnter:"Enter · v",helpEnterDoes:"选择编码 · 用原话新建编码（本土编码）",helpDigit:"1 – 9 · 0",helpDigitDoes:"快捷编码 · 重复上一个编码",helpSpace:"空格 · [ ]",helpSpaceDoes:"光标处的编码 · 上一条 / 下一条编码",helpExtent:"b",helpExtentOf:"把此处的编码改到选中的文字",helpMemo:"m · Delete",helpMemoDoes:"编码的备忘 · 移除编码",helpUndo:"Ctrl+Z · Ctrl+Shift+Z、Ctrl+Y",helpUndoDoes:"撤销 · 重做",helpSearch:"/ 或 Ctrl+F · Ctrl+C",helpSearchDoes:"查找 · 复制选中文字",helpEsc:"Esc",helpEscDoes:"关闭，再按取消选中",quotes:"引文",quotesHint:"点图中的儿童，框选几位，或在这里选择。",quotesNone:"{case} 没有这些编码的引文。",quotesCase:"儿童",quotesCount:"{n} 条引文"},E={en:C,zh:S};function M(s){return(e,t={})=>s[e].replace(/\{(\w+)\}/g,(o,n)=>String(t[n]??o))}function f(s){return M(E[s])}function m(s){return s==="en"?"en":"zh"}var k=`/* What all widgets share: colours by the theme of JupyterLab, fields, buttons, small signs. */
.qk-coder, .qk-panel {
  --ground: var(--jp-layout-color1, #fff);
  --ground2: var(--jp-layout-color2, #f5f5f5);
  --ink: var(--jp-ui-font-color1, rgba(0, 0, 0, 0.87));
  --ink2: var(--jp-ui-font-color2, rgba(0, 0, 0, 0.6));
  --line: var(--jp-border-color2, #dcdcdc);
  --line2: var(--jp-border-color3, #ececec);
  --accent: var(--jp-brand-color1, #1976d2);
  --warn: #b3261e;
  --size: 15px;
  --text-font: "Source Han Sans SC", "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", "WenQuanYi Micro Hei", var(--jp-content-font-family, system-ui), sans-serif;
  box-sizing: border-box;
  position: relative;
  font: 13px/1.45 var(--jp-ui-font-family, system-ui), "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", "WenQuanYi Micro Hei", sans-serif;
  color: var(--ink);
  background: var(--ground);
}
.qk-dark { --warn: #ff8a80; }
.qk-coder *, .qk-panel * { box-sizing: border-box; }
.qk-hidden { display: none !important; }
.qk-field, .qk-select {
  font: inherit;
  color: var(--ink);
  background: var(--ground);
  border: 1px solid var(--line);
  border-radius: 5px;
  padding: 3px 8px;
  height: 28px;
  min-width: 0;
}
textarea.qk-field { height: auto; width: 100%; padding: 5px 8px; resize: vertical; line-height: 1.5; }
.qk-field::placeholder { color: var(--ink2); opacity: 0.85; }
.qk-field:focus-visible, .qk-select:focus-visible, .qk-button:focus-visible, .qk-code:focus-visible { outline: 2px solid var(--accent); outline-offset: -1px; }
.qk-button {
  font: inherit;
  color: var(--ink);
  background: transparent;
  border: 1px solid var(--line);
  border-radius: 5px;
  padding: 2px 10px;
  min-height: 26px;
  cursor: pointer;
  white-space: nowrap;
}
.qk-button:hover { background: var(--ground2); }
.qk-icon { border-color: transparent; padding: 0; width: 28px; height: 28px; font-size: 17px; line-height: 1; color: var(--ink2); display: inline-flex; align-items: center; justify-content: center; }
.qk-icon:hover { color: var(--ink); }
.qk-danger:hover { color: var(--warn); border-color: currentColor; }
.qk-quiet { color: var(--ink2); font-size: 12px; }
.qk-empty { color: var(--ink2); padding: 16px; margin: 0; line-height: 1.6; }
.qk-button:disabled { opacity: 0.5; cursor: default; }
.qk-primary { background: var(--accent); border-color: var(--accent); color: #fff; }
.qk-primary:hover { background: color-mix(in srgb, var(--accent) 85%, #000); }
.qk-save { flex: none; max-width: 240px; white-space: nowrap; font-size: 12px; color: var(--ink2); min-width: 62px; text-align: right; overflow: hidden; text-overflow: ellipsis; }
.qk-save i { font-style: normal; margin-right: 5px; }
.qk-save[data-state="saved"] i { color: #2e8540; }
.qk-dark .qk-save[data-state="saved"] i { color: #7bd88f; }
.qk-save[data-state="silent"], .qk-save[data-state="unsent"], .qk-save[data-state="refused"] { color: var(--warn); font-weight: 600; }
.qk-banner { padding: 7px 12px; background: color-mix(in srgb, var(--warn) 12%, var(--ground)); border-bottom: 1px solid var(--warn); flex: none; }
.qk-toasts { position: absolute; left: 0; right: 0; bottom: 44px; display: flex; justify-content: center; pointer-events: none; z-index: 5; }
.qk-toast { pointer-events: auto; display: flex; align-items: center; gap: 12px; max-width: 76%; padding: 8px 14px; border-radius: 7px; background: #323232; color: #fff; box-shadow: 0 4px 16px rgba(0, 0, 0, 0.3); }
.qk-dark .qk-toast { background: #e8e8e8; color: #1c1c1c; }
.qk-toast .qk-button { color: #8ab4f8; border-color: transparent; font-weight: 600; background: none; }
.qk-dark .qk-toast .qk-button { color: #0b57d0; }
.qk-problem { background: #8c1d18; }
.qk-dark .qk-problem { background: #f9dedc; color: #410e0b; }

/* Filters and buttons above a list. */
.qk-bar-line { display: flex; flex-wrap: wrap; align-items: center; gap: 8px; padding: 5px 10px; border-bottom: 1px solid var(--line); flex: none; }
.qk-bar-line .qk-select, .qk-bar-line .qk-field { width: auto; max-width: 180px; flex: none; }
.qk-dark .qk-bar-line option, .qk-dark .qk-memos-tab option { color: #eee; background: #222; }
.qk-dark .qk-bar-line input[type="date"] { color-scheme: dark; }
`;function v(){let s=document.body.dataset.jpThemeLight;return s!==void 0?s==="false":document.body.classList.contains("vscode-dark")?!0:matchMedia("(prefers-color-scheme: dark)").matches}function x(s){let e=new MutationObserver(s);e.observe(document.body,{attributes:!0,attributeFilter:["data-jp-theme-light","class"]});let t=matchMedia("(prefers-color-scheme: dark)");return t.addEventListener("change",s),()=>{e.disconnect(),t.removeEventListener("change",s)}}var y=`.qk-quotes { border: 1px solid var(--line); border-radius: 8px; overflow: hidden; display: flex; flex-direction: column; height: 100%; min-height: 260px; }
.qk-quotes-head { display: flex; align-items: center; gap: 10px; padding: 6px 10px; border-bottom: 1px solid var(--line); background: var(--ground2); flex: none; }
.qk-quotes-head .qk-select { min-width: 84px; }
.qk-quotes-list { overflow: auto; padding: 4px 12px 12px; outline-offset: -2px; scrollbar-width: thin; flex: 1; min-height: 0; }
.qk-quotes h4 { margin: 12px 0 4px; font-size: 13px; font-weight: 400; color: var(--ink2); }
.qk-quotes h4 b { color: var(--ink); margin-right: 4px; }
.qk-quotes figure { margin: 0 0 8px; padding: 2px 0 2px 10px; border-left: 3px solid var(--line); }
.qk-quotes .qk-typical { border-left-color: var(--accent); }
.qk-quotes blockquote { margin: 0; padding: 0; border: 0; color: var(--ink); font: 14px/1.7 var(--text-font); white-space: pre-wrap; overflow-wrap: anywhere; }
.qk-quotes figcaption { color: var(--ink2); font-size: 12px; display: flex; flex-wrap: wrap; gap: 2px 8px; }
.qk-quotes cite { font-style: normal; }
.qk-wave { font-weight: 600; }
`;var h=class{element;say;menu=i("select",{class:"qk-select"});count=i("span",{class:"qk-quiet",attrs:{role:"status","aria-live":"polite"}});list=i("div",{class:"qk-quotes-list",attrs:{tabindex:"0"}});connection;cases=[];constructor(e){this.say=f(m(e.get("language"))),this.menu.setAttribute("aria-label",this.say("quotesCase")),this.menu.addEventListener("change",()=>this.connection.tell("choose",{cases:this.menu.value?[this.menu.value]:[]})),this.list.setAttribute("aria-label",this.say("quotes"));let t=i("div",{class:"qk-quotes-head"},i("strong",{},this.say("quotes")),this.menu,this.count);this.element=i("div",{class:"qk-panel qk-quotes",attrs:{"data-lm-suppress-shortcuts":"true"}},t,this.list),g(this.element),this.connection=new c(e,o=>this.onNews(o))}start(){this.connection.ask("hello",{},e=>this.onNews(e),()=>a(this.list,i("p",{class:"qk-empty"},this.say("notConnected"))))}close(){this.connection.close()}onNews(e){let t=e.state;if(!t)return;if(this.drawMenu(t),this.count.textContent=t.quotes.length?this.say("quotesCount",{n:t.quotes.length}):"",t.chosen.length===0)return a(this.list,i("p",{class:"qk-empty"},this.say("quotesHint")));let o=t.chosen.join(", ");if(t.quotes.length===0)return a(this.list,i("p",{class:"qk-empty"},this.say("quotesNone",{case:o})));a(this.list,...this.groups(t.quotes)),this.list.scrollTop=0}drawMenu(e){if(e.cases.join(`
`)!==this.cases.join(`
`)){this.cases=e.cases;let t=(o,n)=>{let r=i("option",{},n);return r.value=o,r};a(this.menu,t("","—"),...e.cases.map(o=>t(o,o)))}this.menu.value=e.chosen.length===1?e.chosen[0]:""}groups(e){let t=[],o="";for(let n of e){let r=`${n.case} · ${n.theme}`;r!==o&&(o=r,t.push(i("h4",{},i("b",{},n.case),` ${n.theme}`))),t.push(i("figure",{class:n.typical?"qk-typical":""},i("blockquote",{},n.text),i("figcaption",{},i("span",{class:"qk-wave"},n.wave),n.code,i("cite",{},n.citation))))}return t}};function j({model:s,el:e}){let t=new h(s),o=()=>t.element.classList.toggle("qk-dark",v());o(),e.append(i("style",{},k+y),t.element);let n=x(o);return t.start(),()=>{n(),t.close()}}var $={render:j};export{$ as default};
