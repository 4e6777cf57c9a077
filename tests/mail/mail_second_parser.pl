#!/usr/bin/perl
# A second opinion on messages: MIME-tools, independent of Python. Prints a JSON line for each file named on stdin.
use strict; use warnings;
use MIME::Parser; use Encode; use Digest::SHA qw(sha256_hex); use JSON::PP;
binmode STDOUT, ':raw';
my $parser = MIME::Parser->new; $parser->output_to_core(1); $parser->tmp_to_core(1);
sub header { my ($entity, $name) = @_; my $value = $entity->head->get($name, 0) // ''; $value =~ s/\r?\n[ \t]+/ /g;
  $value =~ s/\s+$//; return decode('MIME-Header', $value); }
while (my $file = <STDIN>) {
  chomp $file;
  my $entity = $parser->parse_open($file);
  my (@leaves, @stack);
  @stack = ($entity);
  while (my $part = shift @stack) {
    if ($part->parts) { unshift @stack, $part->parts; next; }
    my $data = $part->bodyhandle->as_string;
    push @leaves, { type => $part->effective_type, name => ($part->head->recommended_filename // ''), sha256 => sha256_hex($data) };
  }
  print encode_json({ file => $file, subject => header($entity, 'Subject'), to => header($entity, 'To'),
    id => header($entity, 'Message-ID'), leaves => \@leaves }), "\n";
  $parser->filer->purge;
}
